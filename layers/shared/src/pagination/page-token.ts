import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SigningKey, SigningKeys } from '@shared/auth/signing-keys';
import { ValidationError } from '@shared/errors/app-error';
import type * as z from 'zod';

/** Makes and reads the page tokens of lists. A token is good for the list that it was made for, and no other. */
export interface PageTokens {
  readonly encode: (list: string, position: unknown) => string;
  /** @throws {ValidationError} on the field `cursor` for a token that was not made here for this list */
  readonly decode: <Schema extends z.ZodType>(list: string, token: string, schema: Schema) => z.output<Schema>;
}

const refused = (cause?: unknown): ValidationError =>
  new ValidationError([{ field: 'cursor', message: 'is not a page token of this list' }], { cause });

function sign({ key }: SigningKey, list: string, payload: string): Buffer {
  // The list's length goes first: no list and payload can be cut in two other parts with the same signature.
  return createHmac('sha256', key).update(`${list.length}:${list}${payload}`).digest();
}

function isSigned(key: SigningKey | undefined, list: string, payload: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64url');
  const wanted = key === undefined ? undefined : sign(key, list, payload);
  return wanted?.length === given.length && timingSafeEqual(given, wanted);
}

/** The name of the key that a page token says it is signed with; whoever made it up says what they like. */
export const keyOfToken = (token: string): string => token.split('.')[0] ?? '';

/**
 * Page tokens signed (HMAC-SHA256) with the first of the stage's keys: nobody else can make one, or move one to another
 * list. One that an older key has signed is good as long as that key is there.
 */
export function pageTokens({ keys }: SigningKeys): PageTokens {
  return {
    encode: (list, position) => {
      const [key] = keys;
      if (key === undefined) throw new TypeError('There is no key to sign with');
      const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
      return `${key.kid}.${payload}.${sign(key, list, payload).toString('base64url')}`;
    },
    decode: (list, token, schema) => {
      const [kid, payload = '', signature = '', ...rest] = token.split('.');
      const key = keys.find((it) => it.kid === kid);
      if (rest.length > 0 || !isSigned(key, list, payload, signature)) throw refused();
      // Signed, so we have made it: another shape is one of an earlier release.
      const result = schema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      if (!result.success) throw refused(result.error);
      return result.data;
    },
  };
}
