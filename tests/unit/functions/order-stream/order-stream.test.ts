import type { OrderEvent } from '@shared/contracts/order-events';
import { settings } from '../../../../functions/order-stream/settings.ts';
import { anOrderEvent } from '../../../support/runtime/an-order-event.ts';
import { feedWindows, kinesisEvent } from '../../../support/runtime/kinesis-windows.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { memoryTallies } from '../../../support/runtime/memory-tallies.ts';
import { anOrderStream, type OrderStreamUnderTest } from '../../../support/runtime/order-stream-under-test.ts';

const fewestOrders = settings.highValueFewestOrders.fallback;
const shard = 'shardId-000000000000';
const placed = (occurredAt: string, amount: number, currency: 'EUR' | 'USD' = 'EUR'): OrderEvent =>
  anOrderEvent({ occurredAt, order: { total: { amount, currency } } });
/** An hour, from eleven to twelve, of orders of 1.00 to 1.00 × `orders`. */
const anHour = (orders: number): OrderEvent[] =>
  Array.from({ length: orders }, (_, at) =>
    placed(`2025-06-01T11:${String(at % 60).padStart(2, '0')}:00Z`, 100 * (at + 1)),
  );
const arriving = (event: OrderEvent, at = Date.parse(event.occurredAt)) => ({ shard, at, data: event });
const windowsOf = async ({ tallies }: OrderStreamUnderTest) =>
  (await tallies.read('2025-06-01T00:00:00.000Z', '2025-06-02T00:00:00.000Z')).map(({ window, numbers }) => [
    window.slice(11, 16),
    numbers['orders:EUR'],
    numbers['revenue:EUR'],
  ]);

describe('the order stream', () => {
  it('counts placed orders, and no other event, into the window in which they were placed', async () => {
    const stream = anOrderStream();

    await stream.send(
      kinesisEvent(
        placed('2025-06-01T12:00:00.000Z', 100),
        placed('2025-06-01T12:04:59.999Z', 250),
        placed('2025-06-01T12:05:00.000Z', 400),
        anOrderEvent({ type: 'OrderPaid', occurredAt: '2025-06-01T12:00:00.000Z' }),
      ),
    );

    await expect(windowsOf(stream)).resolves.toEqual([
      ['12:00', 2, 350],
      ['12:05', 1, 400],
    ]);
    expect(stream.metrics).toEqual({ OrdersCounted: 3 });
  });

  it('counts currencies apart', async () => {
    const stream = anOrderStream();

    await stream.send(kinesisEvent(placed('2025-06-01T12:00:00Z', 100), placed('2025-06-01T12:00:00Z', 7, 'USD')));

    const [window] = await stream.tallies.read('2025-06-01T12:00:00.000Z', '2025-06-01T12:05:00.000Z');
    expect(window?.numbers).toMatchObject({ 'orders:EUR': 1, 'revenue:EUR': 100, 'orders:USD': 1, 'revenue:USD': 7 });
  });

  it('parks what is no event, and counts the rest of the batch', async () => {
    const stream = anOrderStream();

    const answer = await stream.send(kinesisEvent('{', placed('2025-06-01T12:00:00Z', 100), { schemaVersion: 9 }));

    expect(answer.batchItemFailures).toEqual([]);
    expect(stream.parking.parked.map(({ cause }) => cause)).toEqual(['NOT_JSON', 'NEWER_VERSION']);
    await expect(windowsOf(stream)).resolves.toEqual([['12:00', 1, 100]]);
  });

  it('logs the batch under the correlation ids of all that is in it, and what is parked under its own', async () => {
    const stream = anOrderStream();
    const events = ['one', 'two', 'two'].map((correlationId) => anOrderEvent({ correlationId }));
    const newer = { schemaVersion: 9, correlationId: 'three' };

    await stream.send(kinesisEvent(...events, '{', newer));

    const { lines } = stream.telemetry;
    const ofCode = (...codes: string[]) => lines.filter(({ log_code }) => codes.includes(String(log_code)));
    expect(ofCode('INVOCATION_HANDLED')).toMatchObject([{ correlation_ids: ['one', 'two', 'three'] }]);
    expect(ofCode('RECORD_PARKED', 'RECORD_NEWER').map(({ cause, correlation_id }) => [cause, correlation_id])).toEqual(
      [
        ['NOT_JSON', lambdaContext().awsRequestId],
        ['NEWER_VERSION', 'three'],
      ],
    );
  });

  it('fails where the batch cannot be stored or parked, so that it comes again', async () => {
    const broken = memoryTallies(() => 0);
    const storing = anOrderStream({ tallies: { ...broken, add: () => Promise.reject(new Error('broken')) } });
    const parking = anOrderStream();
    parking.parking.broken = true;

    await expect(storing.send(kinesisEvent(placed('2025-06-01T12:00:00Z', 1)))).rejects.toThrow('broken');
    await expect(parking.send(kinesisEvent('{'))).rejects.toThrow('The park is closed');
    expect(storing.telemetry.published).toEqual([['ErrorCount']]);
  });

  describe('in tumbling windows', () => {
    it('tells, as a window ends, what it brought, also of orders that were late', async () => {
      const stream = anOrderStream();
      const late = placed('2025-06-01T11:58:00Z', 50);
      const orders = [placed('2025-06-01T12:01:00Z', 100), placed('2025-06-01T12:02:00Z', 250)];

      await feedWindows(
        stream.send,
        [...orders.map((order) => arriving(order)), arriving(late, Date.parse('2025-06-01T12:03:00Z'))],
        1,
      );

      expect(stream.closed).toEqual([
        {
          start: '2025-06-01T12:00:00.000Z',
          shard,
          totals: { orders: 3, currencies: [{ currency: 'EUR', orders: 3, revenue: 400, average: 133 }] },
        },
      ]);
      expect(stream.metrics).toEqual({ OrdersCounted: 3, LateOrders: 1 });
      await expect(windowsOf(stream)).resolves.toEqual([
        ['11:55', 1, 50],
        ['12:00', 2, 350],
      ]);
    });

    it('has counted an order before the window ends', async () => {
      const stream = anOrderStream();
      const event = kinesisEvent(placed('2025-06-01T12:01:00Z', 100));
      const window = { start: '2025-06-01T12:00:00Z', end: '2025-06-01T12:05:00Z' };
      const flags = { isFinalInvokeForWindow: false, isWindowTerminatedEarly: false };

      await stream.send({ ...event, ...{ window, state: {}, shardId: shard, ...flags } });

      expect(stream.closed).toEqual([]);
      await expect(windowsOf(stream)).resolves.toEqual([['12:00', 1, 100]]);
    });

    it('starts anew with a state that an earlier release has left', async () => {
      const stream = anOrderStream();
      const window = { start: '2025-06-01T12:00:00Z', end: '2025-06-01T12:05:00Z' };
      const flags = { isFinalInvokeForWindow: true, isWindowTerminatedEarly: false };
      const event = kinesisEvent(placed('2025-06-01T12:01:00Z', 100));

      await stream.send({ ...event, ...{ window, state: { total: 'of old' }, shardId: shard, ...flags } });

      expect(stream.closed).toMatchObject([{ totals: { orders: 1 } }]);
    });

    it('carries a state of a few kilobytes, however many orders there are', async () => {
      const stream = anOrderStream();
      let largest = 0;
      const orders = Array.from({ length: 2_000 }, (_, at) => arriving(placed('2025-06-01T12:01:00Z', at)));

      await feedWindows(
        async (event) => {
          const answer = await stream.send(event);
          largest = Math.max(largest, JSON.stringify(answer.state).length);
          return answer;
        },
        orders,
        100,
      );

      expect(stream.metrics).toMatchObject({ OrdersCounted: 2_000 });
      expect(largest).toBeLessThan(4_096);
    });
  });

  describe('tells of orders of unusual value', () => {
    it('those above the 95th percentile of the hour before, in one alert a batch', async () => {
      const stream = anOrderStream();
      await stream.send(kinesisEvent(...anHour(100)));
      const [usual, high, higher] = [9_500, 9_900, 20_000].map((amount) => placed('2025-06-01T12:01:00Z', amount));

      await stream.send(kinesisEvent(usual, high, higher));

      expect(stream.alerts.raised).toEqual([
        {
          code: 'HIGH_VALUE_ORDERS',
          summary: '2 orders of unusual value',
          facts: {
            count: 2,
            orders: [high, higher].map((event) => ({
              orderId: event?.order.id,
              eventId: event?.eventId,
              correlationId: 'correlation-1',
              total: event?.order.total,
              limit: 9_591,
            })),
          },
        },
      ]);
      expect(stream.metrics).toMatchObject({ HighValueOrders: 2 });
    });

    it('none where the hour had too few orders, or all in another currency, or was another hour', async () => {
      const few = anOrderStream();
      await few.send(kinesisEvent(...anHour(fewestOrders - 1)));
      const enough = anOrderStream();
      await enough.send(kinesisEvent(...anHour(fewestOrders)));

      await few.send(kinesisEvent(placed('2025-06-01T12:01:00Z', 1_000_000)));
      await enough.send(kinesisEvent(placed('2025-06-01T12:01:00Z', 1_000_000, 'USD')));
      await enough.send(kinesisEvent(placed('2025-06-01T15:01:00Z', 1_000_000)));

      expect([...few.alerts.raised, ...enough.alerts.raised]).toEqual([]);
    });

    it('once, where the event is delivered again in its batch or in a later one', async () => {
      const stream = anOrderStream();
      await stream.send(kinesisEvent(...anHour(fewestOrders)));
      const high = placed('2025-06-01T12:01:00Z', 1_000_000);

      await stream.send(kinesisEvent(high, high));
      await stream.send(kinesisEvent(high));

      expect(stream.alerts.raised).toHaveLength(1);
    });

    it('again, where it was told and could not be counted: rather twice than never', async () => {
      const tallies = memoryTallies(() => 0);
      let broken = false;
      const add: typeof tallies.add = (...all) => (broken ? Promise.reject(new Error('broken')) : tallies.add(...all));
      const stream = anOrderStream({ tallies: { ...tallies, add } });
      await stream.send(kinesisEvent(...anHour(fewestOrders)));
      const high = placed('2025-06-01T12:01:00Z', 1_000_000);
      broken = true;
      await stream.send(kinesisEvent(high)).catch(() => undefined);
      broken = false;

      await stream.send(kinesisEvent(high));

      expect(stream.alerts.raised).toHaveLength(2);
    });

    it('none while the flag is off, and counts them as ever', async () => {
      const stream = anOrderStream({ isOn: () => Promise.resolve(false) });
      await stream.send(kinesisEvent(...anHour(fewestOrders)));

      await stream.send(kinesisEvent(placed('2025-06-01T12:01:00Z', 1_000_000)));

      expect(stream.alerts.raised).toEqual([]);
      expect(stream.metrics).toEqual({ OrdersCounted: fewestOrders + 1 });
    });

    it('by the percentile and the number of orders that the stage is set to', async () => {
      const usual = { highValuePercentile: 50, highValueFewestOrders: 4 };
      const stream = anOrderStream({ settings: () => Promise.resolve(usual) });
      await stream.send(kinesisEvent(...anHour(4)));

      await stream.send(kinesisEvent(placed('2025-06-01T12:01:00Z', 300)));

      expect(stream.alerts.raised).toHaveLength(1);
    });

    it('by the limit with which its window began', async () => {
      const stream = anOrderStream();
      let reads = 0;
      const { tallies } = stream;
      const counting = anOrderStream({
        tallies: { ...tallies, read: (...range) => ((reads += 1), tallies.read(...range)) },
      });
      await stream.send(kinesisEvent(...anHour(fewestOrders)));

      const orders = [1, 2, 3, 1_000_000].map((amount) => arriving(placed('2025-06-01T12:01:00Z', amount)));
      await feedWindows(counting.send, orders, 1);

      expect([reads, counting.alerts.raised.length]).toEqual([1, 1]);
    });
  });
});
