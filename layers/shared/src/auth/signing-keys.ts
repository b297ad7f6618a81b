import * as z from 'zod';

/** At least 32 bytes in base64url, as RFC 7518 (3.2) asks of a key of HS256. */
const key = z.string().regex(/^[\w-]{43,512}$/);

const rotated = z.object({
  keys: z.array(z.object({ kid: z.string().regex(/^[\w-]{1,64}$/), key })).min(1),
});

/** What CloudFormation generates: it can fill in one string, and none within a list. The first rotation rewrites it. */
const generated = z.object({ key }).transform((only) => ({ keys: [{ kid: 'first', key: only.key }] }));

/**
 * The content of a secret of signing keys, `{"keys":[{"kid":"…","key":"<base64url of 32 bytes>"}, …]}`: the first key
 * signs, each of them verifies. Two while a rotation is young; of a secret that never was rotated, `{"key":"…"}`.
 */
export const signingKeys = z.union([rotated, generated]);

export type SigningKeys = z.output<typeof rotated>;
export type SigningKey = SigningKeys['keys'][number];
