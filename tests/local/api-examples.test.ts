import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrderPage } from '../../functions/orders/order-lists.ts';
import type { Order } from '../../functions/orders/order.ts';
import type { User } from '../../functions/users/users-repository.ts';
import { useStage } from '../support/aviary-stage.ts';
import { repository } from '../support/cloud.ts';
import type { Answer, Api, RequestParts } from '../support/http.ts';
import { openApiDocument } from '../support/openapi.ts';
import { anOrderEvent } from '../support/runtime/an-order-event.ts';
import { eventually } from '../support/runtime/eventually.ts';

/** What differs from one time to the next. */
const changing = new Set([
  ...['id', 'userId', 'createdAt', 'updatedAt', 'stage', 'release', 'commit', 'ms', 'field'],
  // Of a function that answers; that of an order is a number of its own.
  'version',
]);
const settled = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, it: unknown) => (changing.has(key) ? typeof it : it));

/** `post /users 201` to its example, of every success that has one. */
const successes = Object.entries(openApiDocument.paths).flatMap(([path, operations]) =>
  Object.entries(operations).flatMap(([method, { responses }]) =>
    Object.entries(responses).flatMap(([status, { content }]) => {
      const example = content?.['application/json']?.example;
      return example === undefined || Number(status) >= 400 ? [] : [[`${method} ${path} ${status}`, example] as const];
    }),
  ),
);
/** The errors that a function answers with and that a caller can bring about; their examples are the same for every route. */
const errors = ['400', '404', '409', '413', '415'];

const bodyOf = (method: string, path: string): object =>
  openApiDocument.paths[path]?.[method]?.requestBody?.content?.['application/json']?.example as object;

describe('the examples of docs/openapi.yaml', () => {
  const stage = useStage();
  let api: Api;
  const answers = new Map<string, Answer<unknown>>();

  /** Asks, and keeps the answer under the name that the document has for it. */
  async function ask<Data>(method: string, path: string, name: string, parts?: RequestParts): Promise<Data> {
    const answer = await api<Data>(method, path, parts);
    answers.set(`${method.toLowerCase()} ${name} ${answer.status}`, answer);
    return answer.body.data;
  }
  const askUsers = async (): Promise<void> => {
    const body = bodyOf('post', '/users');
    const { id, email } = await ask<User>('POST', '/users', '/users', { body });
    await ask('POST', '/users', '/users', { body });
    await ask('GET', `/users?email=${encodeURIComponent(email)}`, '/users');
    await ask('GET', `/users/${id}`, '/users/{id}');
    await ask('PUT', `/users/${id}`, '/users/{id}', { body });
    await ask('GET', `/users/${randomUUID()}`, '/users/{id}');
    await ask('POST', '/users', '/users', { body: 'x' });
    await ask('POST', '/users', '/users', { body: 'x', headers: { 'content-type': 'text/plain' } });
    await ask('POST', '/users', '/users', { body: 'x'.repeat(300_000) });
  };
  const askOrders = async (): Promise<void> => {
    const someone = { email: `${randomUUID()}@example.com`, name: 'Ada' };
    const userId = (await api<User>('POST', '/users', { body: someone })).body.data.id;
    const body = { ...bodyOf('post', '/orders'), userId };
    const { id } = await ask<Order>('POST', '/orders', '/orders', { body });
    await ask('GET', `/orders/${id}`, '/orders/{id}');
    const list = (): Promise<OrderPage> => ask('GET', `/orders?userId=${userId}`, '/orders');
    await eventually(list, ({ items }) => items.length === 1);
    await ask('PUT', `/orders/${id}/lines`, '/orders/{id}/lines', { body: bodyOf('put', '/orders/{id}/lines') });
    for (const action of ['pay', 'ship']) await ask('POST', `/orders/${id}/${action}`, `/orders/{id}/${action}`);
    const second = (await api<Order>('POST', '/orders', { body })).body.data.id;
    await ask('POST', `/orders/${second}/cancel`, '/orders/{id}/cancel');
  };
  const askAnalytics = async (): Promise<void> => {
    const client = new KinesisClient(stage().client);
    const total = { amount: 2_598, currency: 'EUR' } as const;
    const events = [1, 2].map((at) => anOrderEvent({ occurredAt: `2025-06-01T12:0${at}:00Z`, order: { total } }));
    const Records = events.map((it) => ({ PartitionKey: it.eventId, Data: Buffer.from(JSON.stringify(it)) }));
    await client.send(new PutRecordsCommand({ StreamName: 'aviary-order-events-local', Records }));
    client.destroy();
    // Another range each time: the past is answered from a cache, also while not all has come.
    let minutes = 5;
    const query = (): string =>
      `from=2025-06-01T12:00:00Z&to=${new Date(Date.UTC(2025, 5, 1, 12, (minutes += 5))).toISOString()}`;
    await eventually(
      () => ask<{ items: readonly { orders: number }[] }>('GET', `/analytics/orders?${query()}`, '/analytics/orders'),
      ({ items }) => items[0]?.orders === 2,
    );
  };
  const askTheOthers = async (): Promise<void> => {
    await ask('GET', '/health', '/health');
    for (const event of ['ping', 'push', 'push']) {
      const file = join(repository, 'functions/github-webhook/events', `${event}.json`);
      const { headers, body } = JSON.parse(readFileSync(file, 'utf8')) as Record<'headers', Record<string, string>> & {
        body: string;
      };
      const own = Object.entries(headers).filter(([name]) => /^X-(GitHub|Hub)/i.test(name));
      await ask('POST', '/webhooks/github', '/webhooks/github', { headers: Object.fromEntries(own), body });
    }
  };

  beforeAll(async () => {
    api = await stage().api();
    await Promise.all([askUsers(), askOrders(), askAnalytics(), askTheOthers()]);
  }, 120_000);

  it.each(successes)('show what is answered: %s', (name, example) => {
    expect(settled(answers.get(name)?.body)).toEqual(settled(example));
  });

  it.each(errors)('show what is answered: an error of status %s', (status) => {
    const example = openApiDocument.components.responses[status]?.content?.['application/json']?.example;
    const bodies = [...answers].flatMap(([name, { body }]) => (name.endsWith(` ${status}`) ? [body] : []));

    expect(bodies).not.toEqual([]);
    // They leave out the fields that were refused.
    for (const { error, ...rest } of bodies) expect({ ...rest, error: { code: error?.code } }).toEqual(example);
  });
});
