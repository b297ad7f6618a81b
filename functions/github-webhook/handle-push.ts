import type { ApiResponse } from '@shared/http/respond';
import type { Affected } from './affected-functions.ts';
import { changedPaths } from './changed-paths.ts';
import type { Delivery } from './deliveries.ts';
import type { WebhookDependencies } from './dependencies.ts';
import type { PushEvent } from './schema.ts';

async function affectedBy(push: PushEvent, needs: WebhookDependencies): Promise<Affected> {
  const changes = changedPaths(push);
  if ('paths' in changes) return needs.affected(changes.paths);
  if (!changes.comparable) return { askThePlan: changes.unknown };
  const compared = await needs.compare(push.before, push.after).catch((error: unknown) => {
    needs.onProblem('The commits cannot be compared', error);
    return undefined;
  });
  return compared === undefined ? { askThePlan: changes.unknown } : needs.affected(compared);
}

const ignored = (reason: string): ApiResponse => ({ status: 200, data: { event: 'push', started: false, reason } });

/**
 * A push: 202 when it starts a deployment, 200 when there is nothing to deploy, 409 for a delivery that was handled.
 * Where the changed paths do not say which functions are affected, it starts one all the same: the plan knows.
 */
export async function handlePush(
  push: PushEvent,
  delivery: Delivery,
  needs: WebhookDependencies,
): Promise<ApiResponse> {
  const { deliveries, starter, target } = needs;
  if (push.repository.full_name.toLowerCase() !== target.repository.toLowerCase()) return ignored('another repository');
  if (push.ref !== target.branch) return ignored('another branch');
  await deliveries.claim(delivery);
  let affected: Affected;
  let started: boolean;
  try {
    affected = await affectedBy(push, needs);
    started = 'askThePlan' in affected || affected.functions.length > 0;
    if (started) await starter.start({ ref: push.ref, deliveryId: delivery.id });
  } catch (error) {
    // Where this fails too, the claim lapses within a minute.
    await deliveries.release(delivery).catch((cause: unknown) => {
      needs.onProblem('The delivery stays claimed for a minute', cause);
    });
    throw error;
  }
  // It has started: to answer with a failure would ask for a second start.
  await deliveries.keep(delivery).catch((cause: unknown) => {
    needs.onProblem('The delivery is not remembered', cause);
  });
  needs.onPush({ deliveryId: delivery.id, commit: push.after, affected, started });
  return { status: started ? 202 : 200, data: { event: 'push', commit: push.after, started, affected } };
}
