import { randomUUID } from 'node:crypto';
import { UnavailableError } from '@shared/errors/app-error';
import type { OrderLine } from '@shared/orders/stored-event';
import { VersionTakenError } from '../../../../functions/orders/order-errors.ts';
import type { Fact } from '../../../../functions/orders/order.ts';
import { aLine, changedOften, eventsOf } from '../../../support/runtime/an-order.ts';
import { anOrdersApi, oneOrder, orderOf } from '../../../support/runtime/an-orders-api.ts';
import { fieldsOf } from '../../../support/runtime/api-event.ts';
import { memoryEvents } from '../../../support/runtime/memory-events.ts';

const userId = randomUUID();
const placed: Fact = { type: 'OrderPlaced', lines: [aLine()] };
const paid: Fact = { type: 'OrderPaid' };
const factsOf = {
  placed: [placed],
  paid: [placed, paid],
  shipped: [placed, paid, { type: 'OrderShipped' }],
  cancelled: [placed, { type: 'OrderCancelled' }],
} as const satisfies Record<string, readonly Fact[]>;

/** An API with one order in a state. */
function withOrder(state: keyof typeof factsOf) {
  const events = eventsOf(factsOf[state], { userId });
  return { api: anOrdersApi(events), id: events[0]?.order.id ?? '' };
}

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

    const result = await api.call({ ...oneOrder(id, `/${action}`), ...requests[action] });

    expect(result.statusCode).toBe(200);
    expect(orderOf(result)).toMatchObject({ id, status: after, version: factsOf[state].length + 1 });
    expect(orderOf(await api.call(oneOrder(id)))).toEqual(orderOf(result));
  });

  it('counts how long an order took from placed to shipped, once, and not for one that is not shipped', async () => {
    const { stored, ...first } = anOrdersApi();
    const { id } = orderOf(await first.call({ method: 'POST', body: { userId, lines: [aLine()] } })) ?? { id: '' };
    const times: unknown[] = [];
    const now = () => new Date('2025-06-01T01:00:01.000Z');
    const { call } = anOrdersApi(stored, { now, count: (...counted) => times.push(counted) });
    const act = (action: string) => call({ ...oneOrder(id, `/${action}`), method: 'POST' });

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

    const result = await api.call({ ...oneOrder(id, `/${action}`), ...requests[action] });

    expect(result.statusCode).toBe(409);
    expect(fieldsOf(result)).toEqual(['status']);
    expect(api.stored).toHaveLength(factsOf[state].length);
  });

  it('replace the lines and the total', async () => {
    const { api, id } = withOrder('placed');

    const order = orderOf(await api.call({ ...oneOrder(id, '/lines'), method: 'PUT', body }));

    expect(order).toMatchObject({ lines: body.lines, total: { amount: 6495, currency: 'EUR' } });
  });

  it('keep the currency of the order', async () => {
    const { api, id } = withOrder('placed');
    const lines: OrderLine[] = [aLine({ unitPrice: { amount: 1, currency: 'JPY' } })];

    const result = await api.call({ ...oneOrder(id, '/lines'), method: 'PUT', body: { lines } });

    expect(result.statusCode).toBe(400);
    expect(fieldsOf(result)).toEqual(['lines.0.unitPrice.currency']);
  });

  it('answer 404 without the order', async () => {
    const { call } = anOrdersApi();

    const results = await Promise.all(
      Object.entries(requests).map(([action, request]) =>
        call({ ...oneOrder(randomUUID(), `/${action}`), ...request }),
      ),
    );

    expect(results.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
  });

  it('let one of twenty simultaneous payments through, and answer 409 to the others', async () => {
    const { api, id } = withOrder('placed');

    const results = await Promise.all(
      Array.from({ length: 20 }, () => api.call({ ...oneOrder(id, '/pay'), method: 'POST' })),
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

    const result = await call({ ...oneOrder(events[0]?.order.id ?? '', '/pay'), method: 'POST' });

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

    const result = await call({ ...oneOrder(first.order.id, '/pay'), method: 'POST' });

    expect(result.statusCode).toBe(409);
  });

  it('succeed when only the snapshot cannot be saved, and say so', async () => {
    const events = eventsOf(changedOften(48));
    const api = anOrdersApi(events, {
      snapshots: { find: () => Promise.resolve(undefined), save: () => Promise.reject(new Error('full')) },
    });

    const result = await api.call({ ...oneOrder(events[0]?.order.id ?? '', '/lines'), method: 'PUT', body });

    expect(orderOf(result)?.version).toBe(50);
    expect(api.problems).toEqual(['The snapshot was not saved']);
  });
});
