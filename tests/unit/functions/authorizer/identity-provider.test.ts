import { providerIssuer } from '../../../../functions/authorizer/issuers.ts';
import { readProvider } from '../../../../functions/authorizer/provider-settings.ts';
import { readToken } from '../../../../functions/authorizer/read-token.ts';
import { RefusedTokenError } from '../../../../functions/authorizer/refused-token.ts';
import { verifyToken } from '../../../../functions/authorizer/verify-token.ts';
import { startIdentityProvider, type IdentityProvider } from '../../../support/runtime/identity-provider.ts';

describe('an identity provider', () => {
  let provider: IdentityProvider;
  beforeEach(async () => {
    provider = await startIdentityProvider();
  });
  afterEach(() => provider.close());

  const verifier = (cooldownDuration: number, timeoutDuration = 30_000) => {
    const { issuer, audience, jwksUrl } = provider;
    const settings = { issuer, audience, jwksUrl: new URL(jwksUrl) };
    const issuers = [providerIssuer(settings, { timeoutDuration, cooldownDuration, cacheMaxAge: 600_000 })];
    return (token: string) => verifyToken(readToken([`Bearer ${token}`]), issuers, () => new Date());
  };

  it.each(['RS256', 'ES256'] as const)('has its tokens of %s taken', async (algorithm) => {
    const caller = await verifier(10_000)(provider.token(algorithm, { sub: 'auth0|1' }));

    expect(caller).toMatchObject({ subject: 'auth0|1', issuer: provider.issuer });
    expect([...caller.scopes]).toEqual(['users:read', 'admin']);
  });

  it('has its new keys taken at once, and those before no more', async () => {
    const verify = verifier(0);
    const former = provider.token('RS256');
    await verify(former);
    provider.rotate();

    await expect(verify(provider.token('RS256'))).resolves.toMatchObject({ issuer: provider.issuer });
    await expect(verify(former)).rejects.toThrow(RefusedTokenError);
  });

  it('is not asked again for each key that somebody makes up', async () => {
    const verify = verifier(600_000);
    await verify(provider.token('RS256'));
    provider.rotate();

    await expect(verify(provider.token('RS256'))).rejects.toThrow(RefusedTokenError);
  });

  it('that is away has no token taken, and none called bad', async () => {
    provider.answers = false;

    const failure: unknown = await verifier(0, 500)(provider.token('RS256')).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(RefusedTokenError);
  });
});

describe('readProvider', () => {
  const all = { JWT_ISSUER: 'https://idp/', JWT_AUDIENCE: 'api', JWT_JWKS_URL: 'https://idp/jwks' };
  const common = {
    STAGE: 's',
    POWERTOOLS_SERVICE_NAME: 'a',
    POWERTOOLS_METRICS_NAMESPACE: 'n',
    POWERTOOLS_LOG_LEVEL: 'l',
  };

  it('is none where nothing is set', () => {
    expect(readProvider({ ...common, JWT_ISSUER: '' })).toBeUndefined();
  });

  it('is one where all of it is', () => {
    expect(readProvider({ ...common, ...all })).toMatchObject({ issuer: 'https://idp/', audience: 'api' });
  });

  it.each(Object.keys(all))('does not start without %s where the others are set', (name) => {
    expect(() => readProvider({ ...common, ...all, [name]: '' })).toThrow(`Missing environment variables: ${name}`);
  });

  it('does not start with an address that is none', () => {
    expect(() => readProvider({ ...common, ...all, JWT_JWKS_URL: 'jwks.json' })).toThrow('JWT_JWKS_URL');
  });
});
