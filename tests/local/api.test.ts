import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { randomUUID } from 'node:crypto';
import type { User } from '../../functions/users/users-repository.ts';
import type { Plan } from '../../tools/plan/plan.ts';
import { aviaryJson } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';
import type { Api } from '../support/http.ts';
import { apiEvent, envelopeOf } from '../support/runtime/api-event.ts';
import { awaitLogLines, type LogLine } from '../support/http-logs.ts';

interface Page {
  readonly items: User[];
  readonly nextCursor?: string;
}

describe('the deployed stack', () => {
  const stage = useStage();
  let api: Api;
  beforeAll(async () => {
    api = await stage().api();
  });

  const email = (): string => `${randomUUID()}@example.com`;
  const create = async (parts: Partial<User> = {}): Promise<User> => {
    const { status, body } = await api<User>('POST', '/users', { body: { email: email(), name: 'Ada', ...parts } });
    expect(status).toBe(201);
    return body.data;
  };

  describe('users', () => {
    it('creates a user, says where it is, and reads it there', async () => {
      const address = email();

      const made = await api<User>('POST', '/users', {
        body: { email: address.toUpperCase(), name: ' Ada Lovelace ' },
      });

      const { data } = made.body;
      expect(made.status).toBe(201);
      expect(made.body.success).toBe(true);
      expect(data).toMatchObject({ email: address, name: 'Ada Lovelace' });
      expect(made.headers.get('location')).toBe(`/local/users/${data.id}`);
      const found = await api<User>('GET', `/users/${data.id}`);
      expect(found).toMatchObject({ status: 200, body: { success: true, data } });
    });

    it('lists every user once, in pages of the size asked for', async () => {
      const made = [await create(), await create(), await create(), await create(), await create()];
      const sizes: number[] = [];
      const listed: User[] = [];

      let path = '/users?limit=2';
      while (path !== '') {
        const { status, body } = await api<Page>('GET', path);
        expect(status).toBe(200);
        sizes.push(body.data.items.length);
        listed.push(...body.data.items);
        path = body.data.nextCursor === undefined ? '' : `/users?limit=2&cursor=${body.data.nextCursor}`;
      }

      expect(sizes.slice(0, -1).every((size) => size === 2)).toBe(true);
      expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
      expect(listed.slice(-5)).toEqual(made);
    });

    it('finds a user by e-mail address, and nobody under another', async () => {
      const user = await create();

      const [found, none] = [
        await api<Page>('GET', `/users?email=${user.email}`),
        await api<Page>('GET', `/users?email=${email()}`),
      ];

      expect(found.body.data).toEqual({ items: [user] });
      expect(none.body.data).toEqual({ items: [] });
    });

    it('replaces a user, whose earlier e-mail address is then free', async () => {
      const user = await create();
      const next = { email: email(), name: 'Ada King' };

      const changed = await api<User>('PUT', `/users/${user.id}`, { body: next });

      expect(changed.status).toBe(200);
      expect(changed.body.data).toMatchObject({ id: user.id, createdAt: user.createdAt, ...next });
      await expect(create({ email: user.email })).resolves.toMatchObject({ email: user.email });
    });

    it('deletes a user, who is not found afterwards', async () => {
      const user = await create();

      const gone = await api('DELETE', `/users/${user.id}`);

      expect(gone).toMatchObject({ status: 204, text: '' });
      for (const method of ['GET', 'DELETE']) {
        const again = await api(method, `/users/${user.id}`);
        expect(again).toMatchObject({ status: 404, body: { success: false, error: { code: 'NOT_FOUND' } } });
      }
    });

    it('refuses an e-mail address that another user has', async () => {
      const user = await create();

      const second = await api('POST', '/users', { body: { email: user.email, name: 'Second' } });

      expect(second).toMatchObject({
        status: 409,
        body: { success: false, error: { code: 'CONFLICT', details: [{ field: 'email' }] } },
      });
    });

    it('lets exactly one of twenty simultaneous creates with one e-mail address win', async () => {
      const body = { email: email(), name: 'One of twenty' };

      const answers = await Promise.all(Array.from({ length: 20 }, () => api<User>('POST', '/users', { body })));

      const winners = answers.filter(({ status }) => status === 201);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
      const found = await api<Page>('GET', `/users?email=${body.email}`);
      expect(found.body.data.items).toEqual(winners.map((winner) => winner.body.data));
    });
  });

  describe('refuses', () => {
    const valid = { email: 'someone@example.com', name: 'Someone' };

    it.each([
      ['a body of null', 'null', ''],
      ['a list', '[]', ''],
      ['a text', '"text"', ''],
      ['broken JSON', '{"email":', ''],
      ['no body', '', ''],
      ['bytes that are no UTF-8', Buffer.from('{"\xff\xfe":1}', 'latin1'), '\ufffd\ufffd'],
      ['no e-mail address', { name: 'Someone' }, 'email'],
      ['what is no e-mail address', { ...valid, email: 'someone' }, 'email'],
      ['an empty name', { ...valid, name: '  ' }, 'name'],
      ['a number for a name', { ...valid, name: 7 }, 'name'],
      ['a field that it does not know', { ...valid, admin: true }, 'admin'],
      ['a prototype', `{"email":"someone@example.com","name":"Someone","__proto__":{"admin":true}}`, '__proto__'],
    ])('%s with 400 and the name of the field', async (_what, body, field) => {
      const answer = await api('POST', '/users', { body });

      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ success: false, error: { code: 'VALIDATION_FAILED' } });
      expect(answer.body.error?.details?.map((detail) => detail.field)).toContain(field);
    });

    it.each([
      ['a cursor that is no token', 'cursor=forged', 'cursor'],
      [
        'a place that is not signed',
        `cursor=${Buffer.from('{"createdAt":"2025","id":"x"}').toString('base64url')}`,
        'cursor',
      ],
      ['a limit of none', 'limit=0', 'limit'],
      ['a limit that is too high', 'limit=101', 'limit'],
      ['what is no limit', 'limit=ten', 'limit'],
      ['a query that it does not know', 'sort=name', 'sort'],
    ])('%s in a list with 400 and the name of the field', async (_what, query, field) => {
      const answer = await api('GET', `/users?${query}`);

      expect(answer.status).toBe(400);
      expect(answer.body.error?.details?.map((detail) => detail.field)).toContain(field);
    });

    it('an id that is none, and one that nobody has', async () => {
      const [bad, unknown] = [await api('GET', '/users/7'), await api('GET', `/users/${randomUUID()}`)];

      expect(bad).toMatchObject({ status: 400, body: { error: { details: [{ field: 'id' }] } } });
      expect(unknown).toMatchObject({ status: 404, body: { success: false, error: { code: 'NOT_FOUND' } } });
    });

    it('a body of more than 256 KB', async () => {
      const answer = await api('POST', '/users', { body: { ...valid, name: 'x'.repeat(256 * 1024) } });

      expect(answer).toMatchObject({ status: 413, body: { success: false, error: { code: 'PAYLOAD_TOO_LARGE' } } });
    });

    it('a method that a path does not take, and a path that is not there, at the gateway, as AWS does', async () => {
      const [method, path] = [await api('PATCH', '/users', { body: valid }), await api('GET', '/nowhere')];

      expect([method.status, path.status]).toEqual([403, 403]);
    });

    it('a method that its routes do not have, where the gateway lets it through', async () => {
      const event = apiEvent({ method: 'PATCH', resource: '/users', body: valid });
      const answer = await stage().lambda.send(
        new InvokeCommand({
          FunctionName: 'aviary-users-local',
          Qualifier: 'live',
          Payload: Buffer.from(JSON.stringify(event)),
        }),
      );

      const result = JSON.parse(answer.Payload?.transformToString() ?? '') as APIGatewayProxyResult;
      expect(result).toMatchObject({ statusCode: 405, headers: { allow: 'GET, POST' } });
      expect(envelopeOf(result)).toMatchObject({ success: false, error: { code: 'METHOD_NOT_ALLOWED' } });
    });

    it('another content type', async () => {
      const answer = await api('POST', '/users', { body: 'email=a', headers: { 'content-type': 'text/plain' } });

      expect(answer).toMatchObject({ status: 415, body: { success: false } });
    });
  });

  describe('health', () => {
    it('says that it is well, and which release runs: the one that the plan says', async () => {
      const { items } = await aviaryJson<Plan>(stage().clone.root, ['plan']);
      const planned = items.find(({ kind, name }) => kind === 'function' && name === 'health');

      const answer = await api<{ release: string; checks: { name: string; ok: boolean }[] }>('GET', '/health');

      const { data } = answer.body;
      expect(answer.status).toBe(200);
      expect(planned).toMatchObject({ change: 'unchanged' });
      expect(data.release).toHaveLength(12);
      expect(planned?.running?.slice(0, 12)).toBe(data.release);
      expect(data).toMatchObject({ status: 'ok', stage: 'local', version: '1', checks: [{ name: 'table', ok: true }] });
    });
  });

  describe('the correlation id', () => {
    it('comes back in the answer and stands in every line of the request', async () => {
      const id = `test-${randomUUID()}`;

      const answer = await api('GET', '/users?limit=1', { headers: { 'x-correlation-id': id } });

      const group = '/aws/lambda/aviary-users-local';
      const own = (lines: readonly LogLine[]) => lines.filter((line) => line['correlation_id'] === id);
      const lines = await awaitLogLines(stage().cloud.endpoint, group, (all) => own(all).length >= 2);
      expect(answer.headers.get('x-correlation-id')).toBe(id);
      expect(own(lines).map((line) => line['log_code'])).toEqual(['INVOCATION_HANDLED', 'MEMORY_USE']);
      expect(own(lines)[0]).toMatchObject({ service: 'users', stage: 'local', route: 'GET /users', status: 200 });
    });

    it('is made up where the caller sends none, or one that is not safe', async () => {
      const [none, unsafe] = [
        await api('GET', '/health'),
        await api('GET', '/health', { headers: { 'x-correlation-id': 'a b;c' } }),
      ];

      expect(none.headers.get('x-correlation-id')).toMatch(/^[\w.-]{8,}$/);
      expect(unsafe.headers.get('x-correlation-id')).toMatch(/^[\w.-]{8,}$/);
    });
  });

  // Last, since nothing works afterwards.
  describe('without its table', () => {
    beforeAll(async () => {
      const client = new DynamoDBClient(stage().client);
      await client.send(new DeleteTableCommand({ TableName: 'aviary-main-local' }));
      client.destroy();
    });

    it('answers 500 without a word of what went wrong, and logs that under the same correlation id', async () => {
      const id = `test-${randomUUID()}`;

      const answer = await api('GET', `/users/${randomUUID()}`, { headers: { 'x-correlation-id': id } });

      expect(answer.status).toBe(500);
      expect(answer.body).toEqual({
        success: false,
        error: { code: 'INTERNAL_ERROR' },
        message: 'Something went wrong.',
      });
      const failed = (line: LogLine) => line['correlation_id'] === id && line['log_code'] === 'INVOCATION_FAILED';
      const lines = await awaitLogLines(stage().cloud.endpoint, '/aws/lambda/aviary-users-local', (all) =>
        all.some(failed),
      );
      expect(lines.find(failed)).toMatchObject({ level: 'ERROR', error: { name: 'ResourceNotFoundException' } });
    });

    it('is not healthy, and says which dependency does not answer', async () => {
      const answer = await api('GET', '/health');

      expect(answer).toMatchObject({
        status: 503,
        body: { success: false, error: { code: 'UNHEALTHY' }, data: { checks: [{ name: 'table', ok: false }] } },
      });
    });
  });
});
