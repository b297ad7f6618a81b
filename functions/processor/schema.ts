import * as z from 'zod';

/** The fields that any event may carry: where it comes from, and the id that follows it through the logs. */
const envelope = {
  source: z.string().min(1).max(128).optional(),
  correlationId: z.string().max(128).optional(),
};

const id = z.string().regex(/^[\w.-]{1,128}$/, 'must be 1 to 128 of letters, digits, "_", "." and "-"');
const name = z.string().trim().min(1).max(200).optional();

// The rest of `data` belongs to the sender: it is taken and not looked at.
const anyEntity = z.looseObject({ id: id.optional(), name });
const knownEntity = z.looseObject({ id, name });

const timestamp = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/, 'must be an ISO 8601 time with a zone')
  .refine((value) => !Number.isNaN(Date.parse(value)), 'must be a time that exists');

/** A command: what to do with one entity; all but `create` have to say which. */
export const command = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('create'), data: anyEntity, ...envelope }),
  z.strictObject({ action: z.literal('update'), data: knownEntity, ...envelope }),
  z.strictObject({ action: z.literal('delete'), data: knownEntity, ...envelope }),
]);

/** An activity: what a user did, and when. */
export const activity = z.strictObject({ userId: id, action: z.string().min(1).max(64), timestamp, ...envelope });

export type Command = z.output<typeof command>;
export type Activity = z.output<typeof activity>;
