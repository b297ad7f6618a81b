import { randomUUID } from 'node:crypto';
import type { Order } from '../../../../functions/orders/order.ts';
import type { OrderPage } from '../../../../functions/orders/order-lists.ts';
import { aCaller, anAdmin } from '../../../support/runtime/a-caller.ts';
import { aLine, eventsOf } from '../../../support/runtime/an-order.ts';
import { anOrdersApi } from '../../../support/runtime/an-orders-api.ts';
import { envelopeOf, type RequestSpec } from '../../../support/runtime/api-event.ts';

const caller = aCaller();
const { userId } = caller;
const body = { lines: [aLine()] };
const placed = { type: 'OrderPlaced', lines: [aLine()] } as const;
const own = eventsOf([placed], { userId });
const other = eventsOf([placed]);
const idOf = ([event]: typeof own): string => event?.order.id ?? '';

const onOne: readonly (readonly [string, string])[] = [
  ['GET', ''],
  ['PUT', '/lines'],
  ['POST', '/pay'],
  ['POST', '/ship'],
  ['POST', '/cancel'],
];
const one = (method: string, action: string, id: string): RequestSpec => ({
  resource: `/orders/{id}${action}`,
  params: { id },
  method,
  ...(method === 'PUT' ? { body } : {}),
});

describe('a user without admin', () => {
  it.each(onOne)('may %s /orders/{id}%s of the own order, and finds no other', async (method, action) => {
    const paid = action === '/ship' ? eventsOf([placed, { type: 'OrderPaid' }], { userId }) : own;
    const { call, stored } = anOrdersApi([...paid, ...other]);
    const ask = (id: string) => call({ ...one(method, action, id), caller });

    const [theirs, nobodys] = [await ask(idOf(other)), await ask(randomUUID())];
    const untouched = stored.length;
    const mine = await ask(idOf(paid));

    expect(mine.statusCode).toBe(200);
    expect(theirs.statusCode).toBe(404);
    // Not a word tells somebody else's order from none.
    expect(theirs).toEqual(nobodys);
    expect(untouched).toBe(paid.length + other.length);
  });

  it('places the own order without a word of whose it is', async () => {
    const result = await anOrdersApi().call({ method: 'POST', body, caller });

    expect([result.statusCode, envelopeOf<Order>(result).data?.userId]).toEqual([201, userId]);
  });

  it('places none for another, whether there is such a user or not', async () => {
    const { call, stored } = anOrdersApi([], { userExists: () => Promise.resolve(false) });

    const result = await call({ method: 'POST', body: { ...body, userId: randomUUID() }, caller });

    expect([result.statusCode, envelopeOf(result).error?.details]).toEqual([
      403,
      [{ field: 'scope', message: 'admin is needed' }],
    ]);
    expect(stored).toEqual([]);
  });

  it.each<Record<string, string>>([{}, { userId }])('lists the own orders: %j', async (query) => {
    const result = await anOrdersApi([...own, ...other]).call({ query, caller });

    expect(envelopeOf<OrderPage>(result).data?.items.map(({ id }) => id)).toEqual([idOf(own)]);
  });

  it.each<Record<string, string>>([{ userId: randomUUID() }, { status: 'placed' }])(
    'lists nothing of anybody else: %j',
    async (query) => {
      const result = await anOrdersApi([...own, ...other]).call({ query, caller });

      expect(result.statusCode).toBe(403);
    },
  );
});

describe('a user with admin', () => {
  it('reads, changes and places orders of others', async () => {
    const { call } = anOrdersApi(other);
    const admin = anAdmin();

    const read = await call({ ...one('GET', '', idOf(other)), caller: admin });
    const paid = await call({ ...one('POST', '/pay', idOf(other)), caller: admin });
    const made = await call({ method: 'POST', body: { ...body, userId }, caller: admin });

    expect([read.statusCode, paid.statusCode, made.statusCode]).toEqual([200, 200, 201]);
    expect(envelopeOf<Order>(made).data?.userId).toBe(userId);
  });
});
