/** A key of HS256; `key` is base64url. */
export interface SigningKey {
  readonly kid: string;
  readonly key: string;
}

/** What a token says; the times are seconds since 1970. */
export interface TokenClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** Signs a token (RFC 9068) of a stage's own issuer. */
export async function signToken(
  { issuer, audience, subject, scopes, expiresAt }: TokenClaims,
  { kid, key }: SigningKey,
): Promise<string> {
  const { SignJWT } = await import('jose');
  return new SignJWT({ scope: scopes.join(' ') })
    .setProtectedHeader({ alg: 'HS256', kid, typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(Buffer.from(key, 'base64url'));
}
