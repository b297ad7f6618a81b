import * as z from 'zod';

// SHA-1 or SHA-256; checked, since it goes into the path of a call to GitHub.
const commitId = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'must be a commit id');
// GitHub leaves the lists out where it has not computed them.
const paths = z.array(z.string()).optional();

/** The headers of a delivery. Only the body is signed: nothing but the route and a second look rests on them. */
export const deliveryHeaders = z.object({
  'x-github-event': z.string().regex(/^[a-z_]{1,64}$/, 'must be the name of an event'),
  'x-github-delivery': z.string().regex(/^[0-9A-Za-z-]{1,64}$/, 'must be the id of a delivery'),
});

/** What is read of a ping: `https://docs.github.com/webhooks/webhook-events-and-payloads#ping`. */
export const pingEvent = z.object({ hook_id: z.number() });

/** What is read of a push: `https://docs.github.com/webhooks/webhook-events-and-payloads#push`. */
export const pushEvent = z.object({
  ref: z.string(),
  before: commitId,
  after: commitId,
  created: z.boolean(),
  deleted: z.boolean(),
  forced: z.boolean(),
  repository: z.object({ full_name: z.string() }),
  commits: z.array(z.object({ id: commitId, added: paths, removed: paths, modified: paths })),
});

/** The secret: what GitHub signs with, and the token for its API, empty where none is needed. */
export const webhookSecret = z.object({
  webhookSecret: z.string().min(16),
  // No control character: the error for a header that cannot be sent repeats its value.
  githubToken: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]*$/),
});

export type PushEvent = z.output<typeof pushEvent>;
export type WebhookSecret = z.output<typeof webhookSecret>;
