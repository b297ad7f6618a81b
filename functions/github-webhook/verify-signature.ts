import { createHmac, timingSafeEqual } from 'node:crypto';

const format = /^sha256=([0-9a-f]{64})$/;

/**
 * Whether `signature`, the header `X-Hub-Signature-256`, is GitHub's over these very bytes. Compared in constant time;
 * only a header that no signature can be is refused before.
 */
export function isSigned(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const given = format.exec(signature ?? '')?.[1];
  if (given === undefined) return false;
  return timingSafeEqual(Buffer.from(given, 'hex'), createHmac('sha256', secret).update(body).digest());
}
