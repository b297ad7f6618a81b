import { money, type OrderEvent } from '@shared/contracts/order-events';
import { orderTotals } from '@shared/orders/order-numbers';
import { windowOf } from '@shared/tallies/window';
import fc from 'fast-check';
import { anOrderEvent } from '../../../support/runtime/an-order-event.ts';
import { feedWindows, type Arrival } from '../../../support/runtime/kinesis-windows.ts';
import { memoryTallies } from '../../../support/runtime/memory-tallies.ts';
import { anOrderStream } from '../../../support/runtime/order-stream-under-test.ts';

const noon = Date.parse('2025-06-01T12:00:00Z');
const minute = 60_000;
/** When the stream's one shard is split into two. */
const split = noon + 12 * minute;

const order = fc.record({
  minutes: fc.double({ min: 0, max: 30, noNaN: true }),
  amount: fc.integer({ min: 0, max: 1_000_000 }),
  currency: fc.constantFrom(...money.shape.currency.options),
  type: fc.constantFrom('OrderPlaced', 'OrderPlaced', 'OrderPlaced', 'OrderPaid'),
  /** When it arrives, in minutes after it happened, and whether in the upper half of the keys; more than one is a duplicate. */
  deliveries: fc.array(fc.record({ later: fc.double({ min: 0, max: 40, noNaN: true }), upper: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
});

const shardAt = (at: number, upper: boolean): string => `shardId-${at < split ? 0 : upper ? 2 : 1}`;

/** What is to be stored, by plain adding up of what happened. */
function recomputed(events: readonly OrderEvent[]): [string, unknown][] {
  const placed = events.filter(({ type }) => type === 'OrderPlaced');
  const windows = Map.groupBy(placed, ({ occurredAt }) => windowOf(occurredAt));
  return [...windows]
    .map(([window, inWindow]): [string, unknown] => {
      const currencies = [...money.shape.currency.options].sort().flatMap((currency) => {
        const amounts = inWindow.map((it) => it.order.total).filter((total) => total.currency === currency);
        const revenue = amounts.reduce((all, { amount }) => all + amount, 0);
        return amounts.length === 0
          ? []
          : [{ currency, orders: amounts.length, revenue, average: Math.round(revenue / amounts.length) }];
      });
      return [window, { orders: inWindow.length, currencies }];
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

it('stores what adding up every order once gives, whatever is late, repeated, split or fails on the way', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(order, { maxLength: 40 }),
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
      async (specs, batchSize, failures) => {
        const made = specs.map((spec): { event: OrderEvent; arrivals: Arrival[] } => {
          const happened = noon + spec.minutes * minute;
          const event = anOrderEvent({
            type: spec.type as OrderEvent['type'],
            occurredAt: new Date(happened).toISOString(),
            order: { total: { amount: spec.amount, currency: spec.currency } },
          });
          const arrivals = spec.deliveries.map(({ later, upper }) => {
            const at = happened + later * minute;
            return { at, shard: shardAt(at, upper), data: event };
          });
          return { event, arrivals };
        });
        // Fails before it writes, or after, as a lost answer does: each call in turn, but never twice in succession.
        const tallies = memoryTallies(() => 0);
        let call = 0;
        const add: typeof tallies.add = async (...all) => {
          call += 1;
          const fails = call % 2 === 0 && failures[call % failures.length] === true;
          if (fails && call % 4 === 0) throw new Error('It was not written');
          const fresh = await tallies.add(...all);
          if (fails) throw new Error('It was written, and the answer is lost');
          return fresh;
        };
        const stream = anOrderStream({ tallies: { ...tallies, add } });

        await feedWindows(
          stream.send,
          made.flatMap(({ arrivals }) => arrivals),
          batchSize,
        );

        const stored = await tallies.read('2025-06-01T00:00:00.000Z', '2025-06-03T00:00:00.000Z');
        expect(stored.map(({ window, numbers }) => [window, orderTotals(numbers)])).toEqual(
          recomputed(made.map(({ event }) => event)),
        );
      },
    ),
    { numRuns: 150 },
  );
});
