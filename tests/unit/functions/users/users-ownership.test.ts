import { pageTokens } from '@shared/pagination/page-token';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { usersRoutes } from '../../../../functions/users/routes.ts';
import { aCaller, anAdmin } from '../../../support/runtime/a-caller.ts';
import { aUser } from '../../../support/runtime/a-user.ts';
import { apiEvent, envelopeOf, type RequestSpec } from '../../../support/runtime/api-event.ts';
import { documentedApi } from '../../../support/runtime/documented-api.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { memoryUsers } from '../../../support/runtime/memory-users.ts';
import { recordedTelemetry } from '../../../support/runtime/recorded-telemetry.ts';
import { someKeys } from '../../../support/runtime/some-keys.ts';

const [own, other] = [aUser(), aUser()];
const caller = aCaller({ userId: own.id });
const body = { email: 'new@example.com', name: 'New' };

function api(existing = [own, other]): (spec: RequestSpec) => Promise<APIGatewayProxyResult> {
  const dependencies = {
    users: memoryUsers(existing),
    tokens: () => Promise.resolve(pageTokens(someKeys('the-key-of-the-tests'))),
    now: () => new Date('2025-06-01T12:00:00Z'),
    newId: () => 'c4f1f2a0-0c7e-4f5e-8f0a-2b6f3d1e9a10',
    count: () => undefined,
  };
  const handler = documentedApi(usersRoutes, dependencies, recordedTelemetry());
  return (spec) => handler(apiEvent({ resource: '/users', caller, ...spec }), lambdaContext());
}

const one = (method: string, id: string): RequestSpec => ({
  resource: '/users/{id}',
  params: { id },
  method,
  ...(method === 'PUT' ? { body } : {}),
});

describe('a user without admin', () => {
  it.each([
    ['GET', 200],
    ['PUT', 200],
    ['DELETE', 204],
  ])('may %s the own profile, and finds no other', async (method, status) => {
    const call = api();

    const [mine, theirs, nobodys] = [
      await call(one(method, own.id)),
      await call(one(method, other.id)),
      await call(one(method, crypto.randomUUID())),
    ];

    expect([mine.statusCode, theirs.statusCode]).toEqual([status, 404]);
    // Not a word tells somebody else's profile from none.
    expect(theirs).toEqual(nobodys);
  });

  it('makes the own profile, under the own id, once', async () => {
    const call = api([other]);

    const first = await call({ method: 'POST', body });
    const second = await call({ method: 'POST', body: { ...body, email: 'second@example.com' } });

    expect([first.statusCode, envelopeOf(first).data]).toEqual([201, expect.objectContaining({ id: own.id, ...body })]);
    expect([second.statusCode, envelopeOf(second).error?.details]).toEqual([
      409,
      [{ field: 'id', message: 'has a profile already' }],
    ]);
  });

  it.each([{}, { email: own.email }])('lists nobody: %j', async (query) => {
    const result = await api()({ query });

    expect([result.statusCode, envelopeOf(result).error?.details]).toEqual([
      403,
      [{ field: 'scope', message: 'admin is needed' }],
    ]);
  });
});

describe('a user with admin', () => {
  it('makes profiles of others, with new ids', async () => {
    const result = await api()({ method: 'POST', body, caller: anAdmin() });

    expect(envelopeOf(result).data).toMatchObject({ id: 'c4f1f2a0-0c7e-4f5e-8f0a-2b6f3d1e9a10' });
  });
});
