import { randomUUID } from 'node:crypto';
import { UnavailableError } from '@shared/errors/app-error';
import type { OrderLine } from '@shared/orders/stored-event';
import { pageTokens } from '@shared/pagination/page-token';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { VersionTakenError } from '../../../../functions/orders/order-errors.ts';
import type { Fact, Order } from '../../../../functions/orders/order.ts';
import type { OrderPage } from '../../../../functions/orders/order-lists.ts';
import { aLine, changedOften, eventsOf } from '../../../support/runtime/an-order.ts';
import { anOrdersApi } from '../../../support/runtime/an-orders-api.ts';
import { envelopeOf, type RequestSpec } from '../../../support/runtime/api-event.ts';
import { memoryEvents } from '../../../support/runtime/memory-events.ts';
import { someKeys } from '../../../support/runtime/some-keys.ts';

const userId = randomUUID();
const input = {
  userId,
  lines: [aLine(), aLine({ sku: 'SEED', quantity: 1, unitPrice: { amount: 450, currency: 'EUR' } })],
};
const placed: Fact = { type: 'OrderPlaced', lines: [aLine()] };
const paid: Fact = { type: 'OrderPaid' };
const factsOf = {
  placed: [placed],
  paid: [placed, paid],
  shipped: [placed, paid, { type: 'OrderShipped' }],
  cancelled: [placed, { type: 'OrderCancelled' }],
} as const satisfies Record<string, readonly Fact[]>;

const one = (id: string, action = ''): RequestSpec => ({ resource: `/orders/{id}${action}`, params: { id } });
const orderOf = (result: APIGatewayProxyResult): Order | undefined => envelopeOf<Order>(result).data;
const fieldsOf = (result: APIGatewayProxyResult): string[] =>
  (envelopeOf(result).error?.details ?? []).map(({ field }) => field);
/** An API with one order in a state. */
function withOrder(state: keyof typeof factsOf) {
  const events = eventsOf(factsOf[state], { userId });
  return { api: anOrdersApi(events), id: events[0]?.order.id ?? '' };
}

describe('POST /orders', () => {
  it('places an order, with its total in minor units, and says where it is', async () => {
    const { call, stored, counted } = anOrdersApi();

    const result = await call({ method: 'POST', body: input, headers: { 'x-correlation-id': 'c-1' } });

    const order = orderOf(result);
    expect(result).toMatchObject({ statusCode: 201, headers: { location: `/local/orders/${order?.id ?? ''}` } });
    expect(order).toEqual({
      id: expect.any(String) as string,
      ...input,
      status: 'placed',
      total: { amount: 3048, currency: 'EUR' },
      version: 1,
      createdAt: '2025-06-01T00:00:01.000Z',
      updatedAt: '2025-06-01T00:00:01.000Z',
    });
    expect(stored).toEqual([expect.objectContaining({ type: 'OrderPlaced', correlationId: 'c-1' })]);
    expect(counted).toEqual(['OrdersCreated']);
  });

  it('refuses an order of a user that does not exist, and stores nothing', async () => {
    const { call, stored } = anOrdersApi([], { userExists: () => Promise.resolve(false) });

    const result = await call({ method: 'POST', body: input });

    expect(result.statusCode).toBe(400);
    expect(fieldsOf(result)).toEqual(['userId']);
    expect(stored).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ['null', 'null', ['']],
    ['a list', [], ['']],
    ['broken JSON', '{', ['']],
    ['nothing', undefined, ['']],
    ['an empty object', {}, ['lines']],
    ['an unknown field', { ...input, status: 'paid' }, ['status']],
    ['a __proto__ key', `{"userId":"${userId}","lines":[],"__proto__":{}}`, ['lines', '__proto__']],
    ['a user that is no id', { ...input, userId: 'ada' }, ['userId']],
    ['no lines', { ...input, lines: [] }, ['lines']],
    ['101 lines', { ...input, lines: Array.from({ length: 101 }, () => aLine()) }, ['lines']],
    ['a line with a field of its own', { ...input, lines: [{ ...aLine(), discount: 1 }] }, ['lines.0.discount']],
    ['a quantity of none', { ...input, lines: [aLine({ quantity: 0 })] }, ['lines.0.quantity']],
    ['half a piece', { ...input, lines: [aLine({ quantity: 0.5 })] }, ['lines.0.quantity']],
    ['a quantity that is too high', { ...input, lines: [aLine({ quantity: 10_001 })] }, ['lines.0.quantity']],
    ['a negative amount', priced({ amount: -1, currency: 'EUR' }), ['lines.0.unitPrice.amount']],
    ['a fraction of a minor unit', priced({ amount: 9.99, currency: 'EUR' }), ['lines.0.unitPrice.amount']],
    ['an amount as text', priced({ amount: '1', currency: 'EUR' }), ['lines.0.unitPrice.amount']],
    ['an amount that is too high', priced({ amount: 1_000_000_001, currency: 'EUR' }), ['lines.0.unitPrice.amount']],
    ['a currency that it does not take', priced({ amount: 1, currency: 'XTS' }), ['lines.0.unitPrice.currency']],
    ['a currency in lower case', priced({ amount: 1, currency: 'eur' }), ['lines.0.unitPrice.currency']],
    ['a currency out of the prototype', priced({ amount: 1, currency: 'toString' }), ['lines.0.unitPrice.currency']],
    ['a field in a price', priced({ amount: 1, currency: 'EUR', tax: 1 }), ['lines.0.unitPrice.tax']],
    ['two currencies', { ...input, lines: [aLine(), aLine({ unitPrice: { amount: 1, currency: 'JPY' } })] }, ['lines']],
    ['a sku with a control character', { ...input, lines: [aLine({ sku: 'a\u0000' })] }, ['lines.0.sku']],
  ])('answers 400 for %s and names the fields', async (_what, body, fields) => {
    const { call, stored } = anOrdersApi();

    const result = await call({ method: 'POST', body });

    expect(result.statusCode).toBe(400);
    expect(fieldsOf(result)).toEqual(fields);
    expect(stored).toEqual([]);
  });

  it('takes as many lines as the stage is set to, placed or changed, and no more', async () => {
    const { call, stored } = anOrdersApi([], { settings: () => Promise.resolve({ maxLines: 2 }) });
    const lines = (count: number) => Array.from({ length: count }, () => aLine());

    const placed = await call({ method: 'POST', body: { userId, lines: lines(2) } });
    const refused = await call({ method: 'POST', body: { userId, lines: lines(3) } });
    const id = orderOf(placed)?.id ?? '';
    const changed = await call({ ...one(id, '/lines'), method: 'PUT', body: { lines: lines(3) } });

    expect([placed.statusCode, refused.statusCode, changed.statusCode]).toEqual([201, 400, 400]);
    expect([fieldsOf(refused), fieldsOf(changed)]).toEqual([['lines'], ['lines']]);
    expect(stored).toHaveLength(1);
  });

  it('answers 413 for a body above the limit', async () => {
    const { call } = anOrdersApi();

    const result = await call({ method: 'POST', body: { ...input, note: 'n'.repeat(300_000) } });

    expect(result.statusCode).toBe(413);
  });

  describe('with an Idempotency-Key', () => {
    const keyed = (key: string, body: unknown = input): RequestSpec => ({
      method: 'POST',
      body,
      headers: { 'Idempotency-Key': key },
    });

    it('places one order for twenty simultaneous requests, and answers all of them with it', async () => {
      const { call, stored, counted } = anOrdersApi();

      const results = await Promise.all(Array.from({ length: 20 }, () => call(keyed('one'))));

      expect(new Set(results.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
      expect(new Set(results.map(({ body }) => body)).size).toBe(1);
      expect(stored).toHaveLength(1);
      expect(counted).toEqual(['OrdersCreated']);
    });

    it('answers as the first time when the order has changed since, and when its user is gone', async () => {
      let exists = true;
      const { call } = anOrdersApi([], { userExists: () => Promise.resolve(exists) });
      const first = await call(keyed('one'));
      await call({ ...one(orderOf(first)?.id ?? '', '/pay'), method: 'POST' });
      exists = false;

      const again = await call(keyed('one'));

      expect(again).toMatchObject({ statusCode: 201, body: first.body });
    });

    it('refuses a key that was used for other content', async () => {
      const { call, stored } = anOrdersApi();
      await call(keyed('one'));

      const result = await call(keyed('one', { ...input, lines: [aLine({ quantity: 3 })] }));

      expect(result.statusCode).toBe(409);
      expect(fieldsOf(result)).toEqual(['idempotency-key']);
      expect(stored).toHaveLength(1);
    });

    it('places another order for another key, for another user, and for each request without one', async () => {
      const { call, stored } = anOrdersApi();

      await call(keyed('one'));
      await call(keyed('two'));
      await call(keyed('one', { ...input, userId: randomUUID() }));
      await call({ method: 'POST', body: input });
      await call({ method: 'POST', body: input });

      expect(new Set(stored.map(({ order }) => order.id)).size).toBe(5);
    });

    it.each(['', ' ', 'a b', 'é', 'k'.repeat(256)])('answers 400 for the key %j', async (key) => {
      const { call } = anOrdersApi();

      const result = await call(keyed(key));

      expect(result.statusCode).toBe(400);
      expect(fieldsOf(result)).toEqual(['idempotency-key']);
    });
  });
});

function priced(unitPrice: unknown): unknown {
  return { ...input, lines: [{ ...aLine(), unitPrice }] };
}

describe('GET /orders/{id}', () => {
  it('gives the order as it is after the write before, whatever the case of the id', async () => {
    const { call } = anOrdersApi();
    const made = orderOf(await call({ method: 'POST', body: input }));
    const change = orderOf(await call({ ...one(made?.id ?? '', '/pay'), method: 'POST' }));

    const found = await call(one(made?.id.toUpperCase() ?? ''));

    expect(orderOf(found)).toEqual(change);
    expect(change).toMatchObject({ status: 'paid', version: 2 });
  });

  it('answers 404 for an order that does not exist and 400 for what is no id', async () => {
    const { call } = anOrdersApi();

    const [unknown, bad] = [await call(one(randomUUID())), await call(one('ORDER#1'))];

    expect([unknown.statusCode, bad.statusCode]).toEqual([404, 400]);
    expect(fieldsOf(bad)).toEqual(['id']);
  });
});

describe('the commands', () => {
  const body = { lines: [aLine({ quantity: 5 })] };
  const requests = {
    lines: { method: 'PUT', body },
    pay: { method: 'POST' },
    ship: { method: 'POST' },
    cancel: { method: 'POST' },
  };

  it.each([
    ['placed', 'lines', 'placed'],
    ['placed', 'pay', 'paid'],
    ['placed', 'cancel', 'cancelled'],
    ['paid', 'ship', 'shipped'],
    ['paid', 'cancel', 'cancelled'],
  ] as const)('take an order that is %s by %s to %s', async (state, action, after) => {
    const { api, id } = withOrder(state);

    const result = await api.call({ ...one(id, `/${action}`), ...requests[action] });

    expect(result.statusCode).toBe(200);
    expect(orderOf(result)).toMatchObject({ id, status: after, version: factsOf[state].length + 1 });
    expect(orderOf(await api.call(one(id)))).toEqual(orderOf(result));
  });

  it('counts how long an order took from placed to shipped, once, and not for one that is not shipped', async () => {
    const { stored, ...first } = anOrdersApi();
    const { id } = orderOf(await first.call({ method: 'POST', body: input })) ?? { id: '' };
    const times: unknown[] = [];
    const now = () => new Date('2025-06-01T01:00:01.000Z');
    const { call } = anOrdersApi(stored, { now, count: (...counted) => times.push(counted) });
    const act = (action: string) => call({ ...one(id, `/${action}`), method: 'POST' });

    const statuses = [];
    for (const action of ['ship', 'pay', 'ship', 'ship']) statuses.push((await act(action)).statusCode);

    expect(statuses).toEqual([409, 200, 200, 409]);
    expect(times).toEqual([['OrderProcessingTime', 3_600_000]]);
  });

  it.each([
    ['placed', 'ship'],
    ['paid', 'pay'],
    ['paid', 'lines'],
    ['shipped', 'lines'],
    ['shipped', 'pay'],
    ['shipped', 'ship'],
    ['shipped', 'cancel'],
    ['cancelled', 'lines'],
    ['cancelled', 'pay'],
    ['cancelled', 'ship'],
    ['cancelled', 'cancel'],
  ] as const)('answer 409 for an order that is %s and %s, and store nothing', async (state, action) => {
    const { api, id } = withOrder(state);

    const result = await api.call({ ...one(id, `/${action}`), ...requests[action] });

    expect(result.statusCode).toBe(409);
    expect(fieldsOf(result)).toEqual(['status']);
    expect(api.stored).toHaveLength(factsOf[state].length);
  });

  it('replace the lines and the total', async () => {
    const { api, id } = withOrder('placed');

    const order = orderOf(await api.call({ ...one(id, '/lines'), method: 'PUT', body }));

    expect(order).toMatchObject({ lines: body.lines, total: { amount: 6495, currency: 'EUR' } });
  });

  it('keep the currency of the order', async () => {
    const { api, id } = withOrder('placed');
    const lines: OrderLine[] = [aLine({ unitPrice: { amount: 1, currency: 'JPY' } })];

    const result = await api.call({ ...one(id, '/lines'), method: 'PUT', body: { lines } });

    expect(result.statusCode).toBe(400);
    expect(fieldsOf(result)).toEqual(['lines.0.unitPrice.currency']);
  });

  it('answer 404 without the order', async () => {
    const { call } = anOrdersApi();

    const results = await Promise.all(
      Object.entries(requests).map(([action, request]) => call({ ...one(randomUUID(), `/${action}`), ...request })),
    );

    expect(results.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
  });

  it('let one of twenty simultaneous payments through, and answer 409 to the others', async () => {
    const { api, id } = withOrder('placed');

    const results = await Promise.all(
      Array.from({ length: 20 }, () => api.call({ ...one(id, '/pay'), method: 'POST' })),
    );

    expect(results.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
    expect(api.stored).toHaveLength(2);
  });

  it('answer 503 with Retry-After while the store is overloaded, without trying again', async () => {
    const events = eventsOf([placed]);
    let tries = 0;
    const append = (): Promise<void> => {
      tries += 1;
      return Promise.reject(new UnavailableError('Throttled', 1));
    };
    const { call } = anOrdersApi([], { events: { ...memoryEvents(events), append } });

    const result = await call({ ...one(events[0]?.order.id ?? '', '/pay'), method: 'POST' });

    expect(result).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
    expect(tries).toBe(1);
  });

  it('decide again on the order that a faster writer has left', async () => {
    const [first, second] = eventsOf([placed, { type: 'OrderCancelled' }]);
    if (first === undefined || second === undefined) throw new Error('Two facts are two events');
    const store = memoryEvents([first]);
    const append = async (): Promise<void> => {
      await store.append(second);
      throw new VersionTakenError('Taken', 1);
    };
    const { call } = anOrdersApi([], { events: { ...store, append } });

    const result = await call({ ...one(first.order.id, '/pay'), method: 'POST' });

    expect(result.statusCode).toBe(409);
  });

  it('succeed when only the snapshot cannot be saved, and say so', async () => {
    const events = eventsOf(changedOften(48));
    const api = anOrdersApi(events, {
      snapshots: { find: () => Promise.resolve(undefined), save: () => Promise.reject(new Error('full')) },
    });

    const result = await api.call({ ...one(events[0]?.order.id ?? '', '/lines'), method: 'PUT', body });

    expect(orderOf(result)?.version).toBe(50);
    expect(api.problems).toEqual(['The snapshot was not saved']);
  });
});

describe('GET /orders', () => {
  const orders = Array.from({ length: 7 }, () => eventsOf([placed], { userId })).flat();
  const others = eventsOf([placed, { type: 'OrderPaid' }]);
  const { call } = anOrdersApi([...orders, ...others]);
  const page = async (query: Record<string, string>): Promise<OrderPage & { nextCursor?: string }> =>
    envelopeOf<OrderPage>(await call({ query })).data ?? { items: [] };
  const newestFirst = orders.map(({ order }) => order.id).reverse();

  it('gives every order of a user once, newest first, in pages', async () => {
    const pages = [await page({ userId, limit: '3' })];
    for (let next = pages[0]?.nextCursor; next !== undefined; next = pages.at(-1)?.nextCursor)
      pages.push(await page({ userId, limit: '3', cursor: next }));

    expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 1]);
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(newestFirst);
  });

  it('gives the orders in a status', async () => {
    const { items } = await page({ status: 'paid' });

    expect(items).toEqual([expect.objectContaining({ id: others[0]?.order.id, status: 'paid', version: 2 })]);
  });

  const forged = pageTokens(someKeys('another-key')).encode(`orders/user/${userId}`, { createdAt: '2025', id: 'x' });

  it.each<[string, Record<string, string>, string[]]>([
    ['both', { userId, status: 'paid' }, ['status']],
    ['a user that is no id', { userId: 'ada' }, ['userId']],
    ['a status that there is not', { status: 'lost' }, ['status']],
    ['a limit of none', { userId, limit: '0' }, ['limit']],
    ['a huge limit', { userId, limit: '101' }, ['limit']],
    ['a limit that is no number', { userId, limit: '1e1' }, ['limit']],
    ['a parameter that there is not', { userId, sort: 'total' }, ['sort']],
    ['an empty cursor', { userId, cursor: '' }, ['cursor']],
    ['a cursor that is no token', { userId, cursor: 'abc' }, ['cursor']],
    ['a cursor signed by somebody else', { userId, cursor: forged }, ['cursor']],
  ])('answers 400 for %s and names the fields', async (_what, query, fields) => {
    const result = await call({ query });

    expect(result.statusCode).toBe(400);
    expect(fieldsOf(result)).toEqual(fields);
  });

  it('refuses the cursor of one list in another', async () => {
    const { nextCursor = '' } = await page({ userId, limit: '3' });

    const result = await call({ query: { userId: randomUUID(), cursor: nextCursor } });

    expect(fieldsOf(result)).toEqual(['cursor']);
  });
});
