import { randomUUID } from 'node:crypto';
import { aLine } from '../../../support/runtime/an-order.ts';
import { anOrdersApi, oneOrder, orderOf } from '../../../support/runtime/an-orders-api.ts';
import { fieldsOf, type RequestSpec } from '../../../support/runtime/api-event.ts';

const userId = randomUUID();
const input = {
  userId,
  lines: [aLine(), aLine({ sku: 'SEED', quantity: 1, unitPrice: { amount: 450, currency: 'EUR' } })],
};

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
    const changed = await call({ ...oneOrder(id, '/lines'), method: 'PUT', body: { lines: lines(3) } });

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
      await call({ ...oneOrder(orderOf(first)?.id ?? '', '/pay'), method: 'POST' });
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
