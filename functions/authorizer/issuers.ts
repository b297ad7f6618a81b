import type { StageSigningKeys } from '@shared/auth/stage-signing-keys';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import type { ProviderSettings } from './provider-settings.ts';
import { RefusedTokenError } from './refused-token.ts';

/** Who makes tokens that are taken here. Each has its own algorithms: none of its keys is ever used for another's. */
export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  /** @throws {RefusedTokenError} for a key that the issuer does not have; any other error is a failure of ours */
  readonly key: JWTVerifyGetKey;
}

/** The stage itself: for operators, smoke tests and the local stage. It signs with the keys of its secret. */
export const stageIssuer = (issuer: string, audience: string, signingKeys: StageSigningKeys): Issuer => ({
  issuer,
  audience,
  algorithms: ['HS256'],
  key: async ({ kid }) => {
    const { keys } = await signingKeys(kid);
    const found = keys.find((key) => key.kid === kid);
    if (found === undefined) throw new RefusedTokenError('a key that is not, or no longer, known');
    return Buffer.from(found.key, 'base64url');
  },
});

// A key set is kept for ten minutes; a key that is not in it is looked for anew, at most so often.
const keySet = { timeoutDuration: 3_000, cooldownDuration: 10_000, cacheMaxAge: 600_000 };

/** An identity provider, which publishes the keys that its tokens are verified with. */
export const providerIssuer = ({ issuer, audience, jwksUrl }: ProviderSettings, options = keySet): Issuer => ({
  issuer,
  audience,
  algorithms: ['RS256', 'ES256'],
  key: createRemoteJWKSet(jwksUrl, options),
});
