import { createHmac, timingSafeEqual } from 'node:crypto';
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

/** Page tokens signed (HMAC-SHA256) with the stage's key: nobody else can make one, or move one to another list. */
export function pageTokens(key: string): PageTokens {
  const sign = (list: string, payload: string): Buffer =>
    // The list's length goes first: no list and payload can be cut in two other parts with the same signature.
    createHmac('sha256', key).update(`${list.length}:${list}${payload}`).digest();

  return {
    encode: (list, position) => {
      const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
      return `${payload}.${sign(list, payload).toString('base64url')}`;
    },
    decode: (list, token, schema) => {
      const [payload = '', signature = '', ...rest] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const wanted = sign(list, payload);
      if (rest.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw refused();
      // Signed, so we have made it: another shape is one of an earlier release.
      const result = schema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      if (!result.success) throw refused(result.error);
      return result.data;
    },
  };
}
