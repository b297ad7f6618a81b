import { randomUUID } from 'node:crypto';
import { pageTokens } from '@shared/pagination/page-token';
import type { OrderPage } from '../../../../functions/orders/order-lists.ts';
import type { Fact } from '../../../../functions/orders/order.ts';
import { aLine, eventsOf } from '../../../support/runtime/an-order.ts';
import { anOrdersApi, oneOrder, orderOf } from '../../../support/runtime/an-orders-api.ts';
import { envelopeOf, fieldsOf } from '../../../support/runtime/api-event.ts';
import { someKeys } from '../../../support/runtime/some-keys.ts';

const userId = randomUUID();
const placed: Fact = { type: 'OrderPlaced', lines: [aLine()] };

describe('GET /orders/{id}', () => {
  it('gives the order as it is after the write before, whatever the case of the id', async () => {
    const { call } = anOrdersApi();
    const made = orderOf(await call({ method: 'POST', body: { userId, lines: [aLine()] } }));
    const change = orderOf(await call({ ...oneOrder(made?.id ?? '', '/pay'), method: 'POST' }));

    const found = await call(oneOrder(made?.id.toUpperCase() ?? ''));

    expect(orderOf(found)).toEqual(change);
    expect(change).toMatchObject({ status: 'paid', version: 2 });
  });

  it('answers 404 for an order that does not exist and 400 for what is no id', async () => {
    const { call } = anOrdersApi();

    const [unknown, bad] = [await call(oneOrder(randomUUID())), await call(oneOrder('ORDER#1'))];

    expect([unknown.statusCode, bad.statusCode]).toEqual([404, 400]);
    expect(fieldsOf(bad)).toEqual(['id']);
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
