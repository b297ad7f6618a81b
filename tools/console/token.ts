import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a request to the console has to carry: 256 random bits, new at each start. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Whether an `authorization` header carries the token; it takes as long for any other. */
export function carriesToken(authorization: string | undefined, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(authorization ?? ''), hash(`Bearer ${token}`));
}
