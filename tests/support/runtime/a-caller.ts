import type { Caller } from '@shared/auth/caller';
import { scopes } from '@shared/auth/scopes';

/** A caller whom no other test has, with every scope but `admin`, and a token that lasts for an hour. */
export function aCaller(parts: Partial<Caller> = {}): Caller {
  const userId = parts.userId ?? crypto.randomUUID();
  return {
    userId,
    subject: userId,
    issuer: 'urn:aviary:local',
    scopes: new Set(scopes.filter((scope) => scope !== 'admin')),
    expiresAt: Math.floor(Date.now() / 1_000) + 3_600,
    ...parts,
  };
}

/** A caller who acts for everybody. */
export const anAdmin = (): Caller => aCaller({ scopes: new Set(scopes) });
