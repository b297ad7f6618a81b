import { clockSkewSeconds, type Caller } from '@shared/auth/caller';
import { isScope, type Scope } from '@shared/auth/scopes';
import { userIdOf } from '@shared/auth/user-id';
import { errors, jwtVerify } from 'jose';
import type { Issuer } from './issuers.ts';
import type { ReadToken } from './read-token.ts';
import { RefusedTokenError } from './refused-token.ts';
import { tokenClaims, type TokenClaims } from './schema.ts';

/** What is wrong with a token, by the code of jose's error. Whatever is not here is a failure: keys that are away, a bug. */
const reasons: Readonly<Record<string, string>> = {
  [errors.JOSEAlgNotAllowed.code]: 'an algorithm that its issuer does not use',
  [errors.JOSENotSupported.code]: 'an algorithm or extension that is not known',
  [errors.JWKSNoMatchingKey.code]: 'a key that is not, or no longer, known',
  [errors.JWKSMultipleMatchingKeys.code]: 'a key that is not the only one of its name',
  [errors.JWSInvalid.code]: 'a form that no token has',
  [errors.JWSSignatureVerificationFailed.code]: 'a signature that its issuer has not made',
  [errors.JWTInvalid.code]: 'claims of another form',
};

function refusal(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return new RefusedTokenError('a time that is over', true);
  if (error instanceof errors.JWTClaimValidationFailed) return new RefusedTokenError(`the claim ${error.claim}`);
  const reason = error instanceof errors.JOSEError ? reasons[error.code] : undefined;
  return reason === undefined ? error : new RefusedTokenError(reason);
}

/** The product's scopes among the words of the claims; one may have the audience in front, as Cognito writes it. */
function scopesIn({ scope = [], scp = [], permissions = [] }: TokenClaims, audience: string): ReadonlySet<Scope> {
  const prefix = `${audience}/`;
  const words = [...scope, ...scp, ...permissions];
  return new Set(words.map((word) => (word.startsWith(prefix) ? word.slice(prefix.length) : word)).filter(isScope));
}

/**
 * Proves who has sent a token: signature, algorithm, issuer, audience, and both its times.
 * @throws {RefusedTokenError} where it proves nothing
 * @throws {Error} where that cannot be told, as when the keys cannot be fetched; nobody may be let through then
 */
export async function verifyToken(token: ReadToken, issuers: readonly Issuer[], now: () => Date): Promise<Caller> {
  const found = issuers.find(({ issuer }) => issuer === token.issuer);
  if (found === undefined) throw new RefusedTokenError('an issuer that is not known');
  const { issuer, audience, algorithms, key } = found;
  const { payload } = await jwtVerify(token.text, key, {
    issuer,
    audience,
    algorithms: [...algorithms],
    requiredClaims: ['sub', 'exp'],
    clockTolerance: clockSkewSeconds,
    currentDate: now(),
  }).catch((error: unknown) => {
    throw refusal(error);
  });
  const claims = tokenClaims.safeParse(payload);
  if (!claims.success) throw new RefusedTokenError('claims of another form');
  const { sub: subject, exp } = claims.data;
  return {
    userId: userIdOf(issuer, subject),
    subject,
    issuer,
    scopes: scopesIn(claims.data, audience),
    expiresAt: Math.floor(exp),
  };
}
