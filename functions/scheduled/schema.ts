import * as z from 'zod';

/** What a schedule asks for; a summary may name its day, to be made again by hand. */
export const job = z.discriminatedUnion('job', [
  z.strictObject({ job: z.literal('orderSummary'), date: z.iso.date().optional() }),
  z.strictObject({ job: z.literal('cleanUp') }),
]);
