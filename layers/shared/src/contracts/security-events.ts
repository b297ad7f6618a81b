import * as z from 'zod';

/** Version of the form of {@link securityEvent}; a consumer parks an event of a newer one. */
export const securityEventSchemaVersion = 1;

/** Why a security event is told: an authentication that failed, a limit of requests that was passed, or anything else. */
export const securityCause = z.enum(['authenticationFailed', 'rateLimitExceeded', 'suspiciousActivity']);
export type SecurityCause = z.infer<typeof securityCause>;

/**
 * What somebody tried, as told on the stream `<app>-security-events-<stage>`, with the source as partition key.
 * `eventId` stays the same when the event is delivered again.
 */
export const securityEvent = z.object({
  schemaVersion: z.literal(securityEventSchemaVersion),
  eventId: z.string().min(1),
  type: securityCause,
  /** ISO 8601 in UTC: when it happened, not when it was delivered. */
  occurredAt: z.iso.datetime(),
  correlationId: z.string().min(1),
  /** Where it came from: an address of the network, or the id of a client. */
  source: z.string().min(1).max(128),
  /** In a few words, for a person; no secret and no name. */
  detail: z.string().max(200).optional(),
});
export type SecurityEvent = z.infer<typeof securityEvent>;
