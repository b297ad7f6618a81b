import { shardOf } from '@shared/batch/stream-handler';
import type { UserActivity } from '@shared/contracts/user-activity';
import type { Contribution } from '@shared/tallies/tallies';
import { windowOf } from '@shared/tallies/window';
import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import type { UserActivityDependencies } from './dependencies.ts';

const ofEvent = ({ eventId, occurredAt, type }: UserActivity): Contribution => ({
  onceId: `event:${eventId}`,
  window: windowOf(occurredAt),
  numbers: { [`events:${type}`]: 1 },
});

/** A user is active once in a window, whatever the user does in it, and however often. */
function ofUser({ userId, occurredAt }: UserActivity): Contribution {
  const window = windowOf(occurredAt);
  return { onceId: `user:${window}:${userId}`, window, numbers: { activeUsers: 1 } };
}

/**
 * Counts what users did and who was active, by the window in which it happened. The metric ActiveUsers grows by one with
 * the first activity of a user in a window: its sum over five minutes is the number of users who were active.
 */
export function countActivity({ tallies, count }: UserActivityDependencies) {
  return async (events: readonly UserActivity[], batch: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> => {
    const users = events.map(ofUser);
    const fresh = await tallies.add(shardOf(batch), [...events.map(ofEvent), ...users]);
    const active = new Set(users.map(({ onceId }) => onceId).filter((id) => fresh.has(id)));
    if (active.size > 0) count('ActiveUsers', active.size);
    return { batchItemFailures: [] };
  };
}
