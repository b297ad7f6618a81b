import { pageTokens } from '@shared/pagination/page-token';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { listUsers } from '../../../../functions/users/list-users.ts';
import type { User } from '../../../../functions/users/users-repository.ts';
import { aUser } from '../../../support/runtime/a-user.ts';
import { apiEvent, envelopeOf } from '../../../support/runtime/api-event.ts';
import { documentedApi } from '../../../support/runtime/documented-api.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { memoryUsers } from '../../../support/runtime/memory-users.ts';
import { recordedTelemetry } from '../../../support/runtime/recorded-telemetry.ts';
import { someKeys } from '../../../support/runtime/some-keys.ts';

interface Page {
  readonly items: User[];
  readonly nextCursor?: string;
}

const people = Array.from({ length: 30 }, () => aUser());
const keys = someKeys('the-key-of-the-tests');
const tokens = () => Promise.resolve(pageTokens(keys));
const handler = documentedApi(
  { 'GET /users': { access: 'users:read', handle: listUsers } },
  { users: memoryUsers(people), tokens },
  recordedTelemetry(),
);
const place = { createdAt: people[0]?.createdAt, id: people[0]?.id };
const list = (query?: Record<string, string>): Promise<APIGatewayProxyResult> =>
  handler(apiEvent({ resource: '/users', ...(query === undefined ? {} : { query }) }), lambdaContext());
const page = async (query?: Record<string, string>): Promise<Page | undefined> =>
  envelopeOf<Page>(await list(query)).data;

describe('GET /users', () => {
  it('gives 25 users, oldest first, when no limit is given', async () => {
    const first = await page();

    expect(first?.items).toEqual(people.slice(0, 25));
    expect(first?.nextCursor).toEqual(expect.any(String));
  });

  it('gives the next page for a cursor, and no cursor on the last page', async () => {
    const first = await page({ limit: '20' });

    const second = await page({ limit: '20', cursor: first?.nextCursor ?? '' });

    expect(second).toEqual({ items: people.slice(20) });
  });

  it('finds a user by e-mail address, whatever its case', async () => {
    const user = people[3];

    await expect(page({ email: user?.email.toUpperCase() ?? '' })).resolves.toEqual({ items: [user] });
  });

  it('gives an empty list for an e-mail address that nobody has', async () => {
    await expect(page({ email: 'nobody@example.com' })).resolves.toEqual({ items: [] });
  });

  it.each([
    ['a limit of 0', { limit: '0' }, 'limit'],
    ['a limit of 101', { limit: '101' }, 'limit'],
    ['a limit that is no number', { limit: 'ten' }, 'limit'],
    ['an empty limit', { limit: '' }, 'limit'],
    ['a fraction', { limit: '1.5' }, 'limit'],
    ['an exponent', { limit: '1e1' }, 'limit'],
    ['an e-mail address that is none', { email: 'ada' }, 'email'],
    ['a parameter that does not exist', { sort: 'name' }, 'sort'],
    ['a cursor beside an e-mail address', { email: 'ada@example.com', cursor: 'abc' }, 'cursor'],
    ['an empty cursor', { cursor: '' }, 'cursor'],
    ['a cursor that is none', { cursor: '%%%' }, 'cursor'],
    ['a cursor that is too long', { cursor: 'a'.repeat(1025) }, 'cursor'],
    ['a place that is not signed', { cursor: Buffer.from(JSON.stringify(place)).toString('base64url') }, 'cursor'],
    ['a cursor of somebody else', { cursor: pageTokens(someKeys('another-key')).encode('users', place) }, 'cursor'],
    ['a cursor of another list', { cursor: pageTokens(keys).encode('orders', place) }, 'cursor'],
    ['a cursor of another shape', { cursor: pageTokens(keys).encode('users', { pk: 'USER#1' }) }, 'cursor'],
  ])('answers 400 for %s', async (_what, query, field) => {
    const result = await list(query);

    expect(result.statusCode).toBe(400);
    expect(envelopeOf(result).error?.details?.map((detail) => detail.field)).toEqual([field]);
  });
});
