import type { LambdaClient } from '@aws-sdk/client-lambda';
import { staying } from '../plan/plan.ts';
import type { Comparison } from '../stack/compare-stage.ts';
import { asking, lambdaClient, type Connection } from '../stack/connection.ts';
import { functionNameOf } from '../template/function-name.ts';
import { settleFunction } from './swap-function.ts';
import { readSwap } from './swap-mark.ts';

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
  const swapped = await asking(connection, swappedFunctions(client));
  const settling = [...stack.record.functions.values()]
    .filter((recorded) => swapped.has(functionNameOf(recorded)))
    .map((recorded) => settleFunction(client, recorded, stays.has(recorded.name)));
  await asking(connection, Promise.all(settling));
}

/** The functions of the local cloud of which a version was swapped in, by their names in Lambda. One call for all of them. */
async function swappedFunctions(client: LambdaClient): Promise<Set<string | undefined>> {
  const { paginateListFunctions } = await import('@aws-sdk/client-lambda');
  const names = new Set<string | undefined>();
  for await (const { Functions = [] } of paginateListFunctions({ client }, { FunctionVersion: 'ALL' })) {
    for (const { FunctionName, Description } of Functions) if (readSwap(Description)) names.add(FunctionName);
  }
  return names;
}
