import { UnavailableError } from '@shared/errors/app-error';
import { pageTokens } from '@shared/pagination/page-token';
import type { MetricName } from '@shared/observability/metrics';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { UsersDependencies } from '../../../../functions/users/dependencies.ts';
import { usersRoutes } from '../../../../functions/users/routes.ts';
import type { User, UsersRepository } from '../../../../functions/users/users-repository.ts';
import { aUser } from '../../../support/runtime/a-user.ts';
import { apiEvent, envelopeOf, fieldsOf, type RequestSpec } from '../../../support/runtime/api-event.ts';
import { documentedApi } from '../../../support/runtime/documented-api.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { memoryUsers } from '../../../support/runtime/memory-users.ts';
import { recordedTelemetry } from '../../../support/runtime/recorded-telemetry.ts';
import { someKeys } from '../../../support/runtime/some-keys.ts';

const newId = 'c4f1f2a0-0c7e-4f5e-8f0a-2b6f3d1e9a10';
const ada = { email: 'ada@example.com', name: 'Ada Lovelace' };

type Call = (spec: RequestSpec) => Promise<APIGatewayProxyResult>;

function api(existing: readonly User[] = [], store?: Partial<UsersRepository>): { call: Call; counted: MetricName[] } {
  const counted: MetricName[] = [];
  const dependencies: UsersDependencies = {
    users: { ...memoryUsers(existing), ...store },
    tokens: () => Promise.resolve(pageTokens(someKeys('the-key-of-the-tests'))),
    now: () => new Date('2025-06-01T12:00:00Z'),
    newId: () => newId,
    count: (metric) => counted.push(metric),
  };
  const handler = documentedApi(usersRoutes, dependencies, recordedTelemetry());
  return { call: (spec) => handler(apiEvent({ resource: '/users', ...spec }), lambdaContext()), counted };
}

const one = (id: string): RequestSpec => ({ resource: '/users/{id}', params: { id } });

describe('POST /users', () => {
  it('creates a user with a normalised e-mail address and a trimmed name', async () => {
    const { call, counted } = api();

    const result = await call({ method: 'POST', body: { email: ' Ada@Example.COM ', name: ' Ada ' } });

    expect(result).toMatchObject({ statusCode: 201, headers: { location: `/local/users/${newId}` } });
    expect(envelopeOf(result).data).toEqual({
      id: newId,
      email: 'ada@example.com',
      name: 'Ada',
      createdAt: '2025-06-01T12:00:00.000Z',
      updatedAt: '2025-06-01T12:00:00.000Z',
    });
    expect(counted).toEqual(['UsersCreated']);
  });

  it('answers 409 for an e-mail address that is taken, whatever its case, and counts no user', async () => {
    const { call, counted } = api([aUser({ email: 'ada@example.com' })]);

    const result = await call({ method: 'POST', body: { ...ada, email: 'ADA@example.com' } });

    expect(result.statusCode).toBe(409);
    expect(envelopeOf(result).error).toEqual({
      code: 'CONFLICT',
      details: [{ field: 'email', message: 'is already in use' }],
    });
    expect(counted).toEqual([]);
  });

  it.each([
    ['null', 'null', ['']],
    ['an array', [ada], ['']],
    ['text', '"ada"', ['']],
    ['broken JSON', '{"email":', ['']],
    ['nothing', undefined, ['']],
    ['an empty object', {}, ['email', 'name']],
    ['an unknown field', { ...ada, admin: true }, ['admin']],
    ['an id of its own', { ...ada, id: newId }, ['id']],
    ['a __proto__ key', '{"email":"a@example.com","name":"A","__proto__":{}}', ['__proto__']],
    ['no e-mail address', { name: 'Ada' }, ['email']],
    ['an e-mail address without a host', { ...ada, email: 'ada@' }, ['email']],
    ['an e-mail address of 255 characters', { ...ada, email: `${'a'.repeat(243)}@example.com` }, ['email']],
    [
      'an e-mail address with 65 characters before the @',
      { ...ada, email: `${'a'.repeat(65)}@example.com` },
      ['email'],
    ],
    ['a host with a part of 64 characters', { ...ada, email: `ada@${'a'.repeat(64)}.com` }, ['email']],
    ['an e-mail address with a line break', { ...ada, email: 'ada@example.com\r\nBcc: x@y.zz' }, ['email']],
    ['an empty name', { ...ada, name: '   ' }, ['name']],
    ['a name of 201 characters', { ...ada, name: 'n'.repeat(201) }, ['name']],
    ['a name with a control character', { ...ada, name: 'Ada\u0000' }, ['name']],
    ['a name with half a surrogate pair', '{"email":"a@example.com","name":"\\ud800"}', ['name']],
    ['a name that is no text', { ...ada, name: { $gt: '' } }, ['name']],
  ])('answers 400 for %s and names the fields', async (_what, body, fields) => {
    const { call } = api();

    const result = await call({ method: 'POST', body });

    expect(result.statusCode).toBe(400);
    expect(envelopeOf(result).error?.code).toBe('VALIDATION_FAILED');
    expect(fieldsOf(result)).toEqual(fields);
  });

  it('takes an e-mail address of 254 characters and a name of 200', async () => {
    const { call } = api();
    const email = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com`;

    const result = await call({ method: 'POST', body: { email, name: 'n'.repeat(200) } });

    expect(result.statusCode).toBe(201);
  });

  it('takes a base64-encoded body', async () => {
    const { call } = api();
    const body = Buffer.from(JSON.stringify({ ...ada, name: 'Zoë' })).toString('base64');

    const result = await call({ method: 'POST', body, base64: true });

    expect(envelopeOf<User>(result).data?.name).toBe('Zoë');
  });

  it('answers 413 for a body above the limit and 415 for one that is no JSON', async () => {
    const { call } = api();

    const large = await call({ method: 'POST', body: { ...ada, name: 'n'.repeat(300_000) } });
    const form = await call({ method: 'POST', body: 'email=a', headers: { 'Content-Type': 'text/plain' } });

    expect([large.statusCode, form.statusCode]).toEqual([413, 415]);
  });

  it('answers 503 with Retry-After while the store is overloaded', async () => {
    const { call } = api([], { create: () => Promise.reject(new UnavailableError('Throttled', 1)) });

    const result = await call({ method: 'POST', body: ada });

    expect(result).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
  });
});

describe('GET /users/{id}', () => {
  it('gives the user, whatever the case of the id', async () => {
    const user = aUser();
    const { call } = api([user]);

    const result = await call(one(user.id.toUpperCase()));

    expect(envelopeOf(result)).toEqual({ success: true, data: user });
  });

  it('answers 404 for a user that does not exist', async () => {
    const { call } = api();

    await expect(call(one(newId))).resolves.toMatchObject({ statusCode: 404 });
  });

  it.each(['7', 'EMAIL#ada@example.com', '%zz', '../health'])('answers 400 for the id %p', async (id) => {
    const { call } = api();

    const result = await call(one(id));

    expect(result.statusCode).toBe(400);
    expect(fieldsOf(result)).toEqual(['id']);
  });
});

describe('PUT /users/{id}', () => {
  it('replaces e-mail address and name and keeps the rest', async () => {
    const user = aUser();
    const { call } = api([user]);

    const result = await call({ ...one(user.id), method: 'PUT', body: { email: 'New@Example.com', name: 'New' } });

    const expected = { ...user, email: 'new@example.com', name: 'New', updatedAt: '2025-06-01T12:00:00.000Z' };
    expect(envelopeOf(result)).toEqual({ success: true, data: expected });
    expect(envelopeOf(await call(one(user.id))).data).toEqual(expected);
  });

  it('takes the e-mail address that the user has already', async () => {
    const user = aUser();
    const { call } = api([user]);

    const result = await call({ ...one(user.id), method: 'PUT', body: { email: user.email, name: 'New' } });

    expect(result.statusCode).toBe(200);
  });

  it('answers 409 for the e-mail address of another user and 404 without the user', async () => {
    const [user, other] = [aUser(), aUser()];
    const { call } = api([user, other]);

    const taken = await call({ ...one(user.id), method: 'PUT', body: { email: other.email, name: 'New' } });
    const missing = await call({ ...one(newId), method: 'PUT', body: ada });

    expect([taken.statusCode, missing.statusCode]).toEqual([409, 404]);
  });

  it('answers 400 for a part of a user', async () => {
    const user = aUser();
    const { call } = api([user]);

    const result = await call({ ...one(user.id), method: 'PUT', body: { name: 'New' } });

    expect(fieldsOf(result)).toEqual(['email']);
  });
});

describe('DELETE /users/{id}', () => {
  it('answers 204 without a body, and 404 the second time', async () => {
    const user = aUser();
    const { call } = api([user]);

    const first = await call({ ...one(user.id), method: 'DELETE' });
    const second = await call({ ...one(user.id), method: 'DELETE' });

    expect(first).toMatchObject({ statusCode: 204, body: '' });
    expect(second.statusCode).toBe(404);
  });
});
