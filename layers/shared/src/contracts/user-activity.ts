import * as z from 'zod';

/** Version of the form of {@link userActivity}; a consumer parks an event of a newer one. */
export const userActivitySchemaVersion = 1;

const common = {
  schemaVersion: z.literal(userActivitySchemaVersion),
  eventId: z.string().min(1),
  /** ISO 8601 in UTC: when it happened, not when it was delivered. */
  occurredAt: z.iso.datetime(),
  correlationId: z.string().min(1),
  userId: z.uuid(),
};

/**
 * What a user did, as told on the stream `<app>-user-activity-<stage>`, with the user's id as partition key. `eventId`
 * stays the same when the event is delivered again.
 */
export const userActivity = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.literal('login') }),
  z.object({ ...common, type: z.literal('logout') }),
  z.object({ ...common, type: z.literal('featureUsed'), feature: z.string().min(1).max(64) }),
]);
export type UserActivity = z.infer<typeof userActivity>;
