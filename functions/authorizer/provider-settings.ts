import { ConfigurationError, readEnvironment, type EnvironmentSource } from '@shared/config/environment';

/** An identity provider: what its tokens say of issuer and audience, and where it publishes its keys. */
export interface ProviderSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: URL;
}

const names = ['JWT_ISSUER', 'JWT_AUDIENCE', 'JWT_JWKS_URL'] as const;

/**
 * Reads the identity provider of a stage; undefined where none of its variables is there.
 * @throws {ConfigurationError} where some of them are: a provider without an audience would take everybody's tokens
 */
export function readProvider(source: EnvironmentSource): ProviderSettings | undefined {
  if (names.every((name) => source[name] === undefined || source[name] === '')) return undefined;
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_JWKS_URL: url } = readEnvironment(names, source);
  const jwksUrl = URL.parse(url);
  if (jwksUrl === null) throw new ConfigurationError(['JWT_JWKS_URL']);
  return { issuer, audience, jwksUrl };
}
