import { createHash } from 'node:crypto';
import type { SigningKeys } from '@shared/auth/signing-keys';

/** Signing keys of these names, the first of which signs; a name has the same key each time. */
export const someKeys = (...kids: string[]): SigningKeys => ({
  keys: kids.map((kid) => ({ kid, key: createHash('sha256').update(kid).digest('base64url') })),
});
