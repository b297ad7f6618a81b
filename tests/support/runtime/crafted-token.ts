import { createHmac } from 'node:crypto';

/** A part of a token: text as it is, anything else as JSON. */
export const encoded = (part: unknown): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** A token that no library would make, signed with HMAC-SHA256. */
export function craftedToken(header: unknown, claims: unknown, key: string | Buffer): string {
  const signed = `${encoded(header)}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
