import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { securityEvent } from '@shared/contracts/security-events';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';
import type { Api } from '../support/http.ts';
import { logLines } from '../support/http-logs.ts';
import { openApiDocument } from '../support/openapi.ts';
import { askAsEach, callers, matrix } from '../support/runtime/access-matrix.ts';
import { craftedToken } from '../support/runtime/crafted-token.ts';
import { eventually } from '../support/runtime/eventually.ts';
import { startIdentityProvider, type IdentityProvider } from '../support/runtime/identity-provider.ts';
import { orderMessages, recordsOf } from '../support/runtime/order-messages.ts';
import { startTokenAttacker, type TokenAttacker } from '../support/runtime/token-attacker.ts';
import { attackParts, tokenAttacks } from '../support/runtime/token-attacks.ts';
import { inSeconds, localIssuer, localKey, localToken } from '../support/token.ts';

/** What `aviary token --json` prints. */
interface ShownToken {
  readonly token: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string;
}

/** Every route of the OpenAPI document, with the scope that it needs, if any. */
const documentedRoutes = Object.entries(openApiDocument.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(
    ([method, { security }]) => [`${method.toUpperCase()} ${path}`, security[0]?.token[0]] as const,
  ),
);

describe('the authorizer', () => {
  const stage = useStage();
  let provider: IdentityProvider;
  let api: Api;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    const { issuer, audience, jwksUrl } = provider;
    const settings = { JwtIssuer: issuer, JwtAudience: audience, JwtJwksUrl: jwksUrl };
    const overrides = Object.entries(settings).map(([name, value]) => `, "${name}=${value}"`);
    stage().clone.edit('samconfig.toml', '"Stage=local"', `"Stage=local"${overrides.join('')}`);
    await stage().deploy();
    api = await stage().api();
  });
  afterAll(() => provider.close());

  const statusOf = async (token: string | null, headers: Record<string, string> = {}): Promise<number> =>
    (await api('GET', '/users', { token, headers })).status;

  describe('with the keys of an identity provider', () => {
    it('lets nobody in while the keys are away', async () => {
      provider.answers = false;

      const answer = await api('GET', '/users', { token: provider.token('RS256') });

      expect(answer.status).toBe(500);
      expect(answer.body).not.toHaveProperty('data');
      provider.answers = true;
    });

    it.each(['RS256', 'ES256'] as const)('takes a token that is signed by %s', async (algorithm) => {
      await expect(statusOf(provider.token(algorithm))).resolves.toBe(200);
    });

    it.each([
      ['a list', { scope: undefined, scp: ['users:read', 'admin'] }],
      ['permissions', { scope: undefined, permissions: ['users:read', 'admin'] }],
      ['scopes below the audience', { scope: 'https://api.example.com/users:read https://api.example.com/admin' }],
    ])('finds the scopes in %s', async (_what, claims) => {
      await expect(statusOf(provider.token('RS256', claims))).resolves.toBe(200);
    });

    it('takes no scope that is below another audience', async () => {
      const scope = 'https://other.example.com/users:read https://other.example.com/admin';

      await expect(statusOf(provider.token('RS256', { scope }))).resolves.toBe(403);
    });

    it('takes the keys that follow, and those before no more', async () => {
      const former = provider.token('RS256');
      provider.rotate();

      const status = await eventually(
        () => statusOf(provider.token('RS256')),
        (seen) => seen === 200,
      );

      expect(status).toBe(200);
      await expect(statusOf(former)).resolves.toBe(401);
    });
  });

  describe('with a request that proves nothing', () => {
    let attacker: TokenAttacker;
    beforeAll(async () => {
      // By the name of the provider's key, so that nothing but whose key it is tells its tokens apart.
      attacker = await startTokenAttacker(provider.keys.RS256.kid);
    });
    afterAll(() => attacker.close());

    it.each(Object.entries(tokenAttacks))('refuses a token with %s', async (_attack, tokenOf) => {
      await expect(statusOf(tokenOf(attackParts(provider, attacker)))).resolves.toBe(401);
    });

    it('has asked no address that a token names', () => {
      expect(attacker.asked).toEqual([]);
    });

    it('takes tokens that are made like those of the attacks, and good', async () => {
      await expect(statusOf(attackParts(provider, attacker).own())).resolves.toBe(200);
      await expect(statusOf(provider.token('RS256'))).resolves.toBe(200);
      await expect(statusOf(provider.token('ES256'))).resolves.toBe(200);
    });

    it.each([
      ['no header', {}],
      ['an empty header', { authorization: '' }],
      ['another scheme', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
      ['no token after the scheme', { authorization: 'Bearer' }],
      ['a token of another form', { authorization: 'Bearer secret' }],
    ])('refuses %s', async (_what, headers) => {
      await expect(statusOf(null, headers)).resolves.toBe(401);
    });

    it('refuses a good token without its scheme, and one with two of them', async () => {
      const token = await localToken();

      await expect(statusOf(null, { authorization: token })).resolves.toBe(401);
      await expect(statusOf(null, { authorization: `Bearer ${token} ${token}` })).resolves.toBe(401);
    });

    it('refuses two Authorization headers, though one of them is good', async () => {
      const url = `${await stage().apiUrl()}/users`;
      const authorization = ['Bearer nobody', `Bearer ${await localToken()}`];

      const status = await new Promise<number | undefined>((resolve, reject) => {
        request(url, { headers: ['host', new URL(url).host, ...authorization.flatMap((it) => ['authorization', it])] })
          .on('response', (response) => {
            response.resume();
            resolve(response.statusCode);
          })
          .on('error', reject)
          .end();
      });

      expect(status).toBe(401);
    });

    it('tells the security stream where it came from and why, and neither there nor in a log of the token', async () => {
      const correlationId = `refused-${randomUUID()}`;
      const token = craftedToken({ alg: 'HS256', kid: 'unheard-of' }, { ...localIssuer, iss: localIssuer.issuer }, 'x');
      const messages = orderMessages(stage().cloud.endpoint);

      await statusOf(token, { 'x-correlation-id': correlationId });

      const told = await eventually(
        async () => (await recordsOf(messages, 'aviary-security-events-local')).map((it) => securityEvent.parse(it)),
        (events) => events.some((event) => event.correlationId === correlationId),
      );
      for (const client of Object.values(messages) as { destroy: () => void }[]) client.destroy();
      expect(told.find((event) => event.correlationId === correlationId)).toMatchObject({
        type: 'authenticationFailed',
        source: '127.0.0.1',
        detail: 'a key that is not, or no longer, known',
      });
      const lines = await logLines(stage().cloud.endpoint, '/aws/lambda/aviary-authorizer-local');
      expect(lines.find((line) => line['correlation_id'] === correlationId)).toMatchObject({
        log_code: 'AUTHENTICATION_REFUSED',
        reason: 'a key that is not, or no longer, known',
      });
      // Every header of a token begins so.
      expect(JSON.stringify([lines, told])).not.toContain('eyJ');
    });
  });

  describe('and each function behind it', () => {
    it('have a row in the matrix for every route of the API, and no other', () => {
      expect(Object.keys(matrix).sort()).toEqual(documentedRoutes.map(([route]) => route).sort());
    });

    it.each(documentedRoutes)('answer %s as each caller may expect', async (route, scope) => {
      const statuses = await askAsEach(api, route, scope);

      const named = (values: readonly number[] = []) => callers.map((caller, at) => [caller, values[at]]);
      expect(named(statuses)).toEqual(named(matrix[route]?.statuses));
    });
  });

  describe('with the keys of the stage', () => {
    const known = { scopes: ['users:read', 'admin'] };
    const next = { kid: 'next', key: Buffer.alloc(32, 'next').toString('base64url') };
    const last = { kid: 'last', key: Buffer.alloc(32, 'last').toString('base64url') };

    const store = async (...keys: object[]): Promise<void> => {
      const secrets = new SecretsManagerClient(stage().client);
      const SecretString = JSON.stringify({ keys });
      await secrets.send(new PutSecretValueCommand({ SecretId: 'aviary-jwt-local', SecretString }));
      secrets.destroy();
    };
    const comes = (status: number, token: () => Promise<string>): Promise<number> =>
      eventually(
        async () => statusOf(await token()),
        (seen) => seen === status,
      );

    // A running function looks for a key that it does not know every ten seconds at most.
    it('takes a new key soon after there is one, and the former beside it, until that is rotated out', async () => {
      await store(next, localKey());
      const fresh = await comes(200, () => localToken(known, next));
      const former = await statusOf(await localToken(known));

      await store(last, next);
      const freshest = await comes(200, () => localToken(known, last));
      const rotatedOut = await statusOf(await localToken(known));
      const beside = await statusOf(await localToken(known, next));
      await store(localKey());
      const restored = await comes(200, () => localToken(known));

      expect([fresh, former, freshest, rotatedOut, beside, restored]).toEqual([200, 200, 200, 401, 200, 200]);
    });

    it('takes a token of aviary token, for what it says and no more', async () => {
      const sub = randomUUID();
      const everything = await aviary(stage().clone.root, ['token']);
      const little = ['--sub', sub, '--scope', 'users:read', '--expires', '90s'];
      const { token, ...said } = await aviaryJson<ShownToken>(stage().clone.root, ['token', ...little]);

      expect([everything.stderr, await statusOf(everything.stdout.trim())]).toEqual(['', 200]);
      expect(said).toMatchObject({ subject: sub, scopes: ['users:read'] });
      expect(Date.parse(said.expiresAt)).toBeLessThanOrEqual(Date.now() + 90_000);
      expect((await api('GET', `/users/${sub}`, { token })).status).toBe(404);
      expect((await api('GET', '/users', { token })).status).toBe(403);
      expect((await api('DELETE', `/users/${sub}`, { token })).status).toBe(403);
    });

    it('takes a token that ended within the difference of two clocks', async () => {
      await expect(comes(200, () => localToken({ expiresAt: inSeconds(-5) }))).resolves.toBe(200);
    });
  });
});
