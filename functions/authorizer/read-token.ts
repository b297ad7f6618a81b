import { readUniqueJson } from './unique-json.ts';
import { RefusedTokenError } from './refused-token.ts';
import { tokenHeader } from './schema.ts';
import * as z from 'zod';

/** The longest token that is looked at, in characters: a gateway lets 10 KB of headers through. */
export const tokenLimit = 8_192;

const unproved = z.object({ iss: z.string() });

/** A token whose form is right, and of which nothing is proved yet. */
export interface ReadToken {
  readonly text: string;
  readonly kid: string;
  readonly issuer: string;
}

/**
 * Takes the token out of the values of a request's Authorization headers (RFC 6750, 2.1), and looks at its form.
 * @throws {RefusedTokenError} for anything but one bearer token whose header and claims name each thing once
 */
export function readToken(authorization: readonly string[]): ReadToken {
  const [value = '', ...others] = authorization;
  if (others.length > 0) throw new RefusedTokenError('several Authorization headers');
  if (value.length > tokenLimit) throw new RefusedTokenError('a token that is too long');
  const text = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(value)?.[1];
  if (text === undefined) throw new RefusedTokenError('no signed bearer token');
  const [head = '', body = ''] = text.split('.');
  const header = tokenHeader.safeParse(readUniqueJson(head));
  if (!header.success) throw new RefusedTokenError('a header of another form');
  const claims = unproved.safeParse(readUniqueJson(body));
  if (!claims.success) throw new RefusedTokenError('no issuer');
  return { text, kid: header.data.kid, issuer: claims.data.iss };
}
