import { staying } from '../plan/plan.ts';
import type { Comparison } from '../stack/compare-stage.ts';
import { asking, lambdaClient, type Connection } from '../stack/connection.ts';
import { settleFunction } from './swap-function.ts';

/**
 * Before a deploy to the local cloud: takes swaps out of its way, wherever they come from. What the deploy moves goes from
 * the swapped version to the deployed one; what it leaves as the stack has it goes back to that, as after an edit that was
 * taken back while nobody watched; what differs and was not asked for stays swapped.
 */
export async function settleSwaps(
  connection: Connection,
  { plan, stack }: Pick<Comparison, 'plan' | 'stack'>,
): Promise<void> {
  if (connection.endpoint === undefined || stack?.record === undefined) return;
  const client = await lambdaClient(connection);
  const stays = new Set(plan.items.filter(({ change }) => staying.includes(change)).map(({ name }) => name));
  const settling = [...stack.record.functions.values()].map((recorded) =>
    settleFunction(client, recorded, stays.has(recorded.name)),
  );
  await asking(connection, Promise.all(settling));
}
