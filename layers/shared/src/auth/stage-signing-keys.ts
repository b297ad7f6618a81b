import { signingKeys, type SigningKeys } from '@shared/auth/signing-keys';
import { readSecret, type FetchSecret } from '@shared/config/secret';

/**
 * Gives the signing keys of a secret. Whoever verifies names the key: one that is not known may be as new as this second,
 * and the secret is then fetched anew.
 * @throws {UnavailableError | SecretShapeError} see `readSecret`
 */
export type StageSigningKeys = (kid?: string) => Promise<SigningKeys>;

/** So much time is between two fetches for unknown keys, in milliseconds: anybody can make up the name of a key. */
const refreshEvery = 10_000;

/** Reads the signing keys of a secret; call it once, outside the handler. */
export function stageSigningKeys(
  secretName: string,
  fetchSecret: FetchSecret,
  now: () => number = Date.now,
): StageSigningKeys {
  let refreshedAt = -Infinity;
  return async (kid) => {
    const known = await readSecret(secretName, signingKeys, fetchSecret);
    const isKnown = kid === undefined || known.keys.some((key) => key.kid === kid);
    if (isKnown || now() - refreshedAt < refreshEvery) return known;
    refreshedAt = now();
    return readSecret(secretName, signingKeys, (name) => fetchSecret(name, { fresh: true }));
  };
}
