import { orderEvent } from '@shared/contracts/order-events';
import { storedEvent, type OrderLine } from '@shared/orders/stored-event';
import fc from 'fast-check';
import { cancel, changeLines, pay, ship, type Command } from '../../../../functions/orders/order-commands.ts';
import { changeOrder, loadOrder } from '../../../../functions/orders/order-history.ts';
import { replay } from '../../../../functions/orders/order.ts';
import { aLine, eventsOf } from '../../../support/runtime/an-order.ts';
import { memoryEvents, memorySnapshots } from '../../../support/runtime/memory-events.ts';

const line: fc.Arbitrary<OrderLine> = fc.record({
  sku: fc.stringMatching(/^[\w.-]{1,64}$/),
  quantity: fc.integer({ min: 1, max: 10_000 }),
  unitPrice: fc.record({ amount: fc.integer({ min: 0, max: 1_000_000_000 }), currency: fc.constant('EUR' as const) }),
});
const lines = fc.array(line, { minLength: 1, maxLength: 100 });
// Mostly changes of lines, since the others end an order soon.
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 12, arbitrary: lines.map(changeLines) },
  { weight: 1, arbitrary: fc.constantFrom<Command>(pay, ship, cancel) },
);

/** Runs commands on an order, of which those that its state does not allow do nothing. */
async function orderAfter(commands: readonly Command[]) {
  const [placed] = eventsOf([{ type: 'OrderPlaced', lines: [aLine()] }]);
  if (placed === undefined) throw new Error('An order has an event');
  const [events, snapshots] = [memoryEvents([placed]), memorySnapshots()];
  let made = 0;
  const needed = {
    events,
    snapshots,
    now: () => new Date(Date.UTC(2025, 5, 1)),
    newId: () => `event-${(made += 1)}`,
    onProblem: () => undefined,
  };
  for (const each of commands) await changeOrder(needed, placed.order.id, each, 'c').catch(() => undefined);
  return { id: placed.order.id, events, snapshots };
}

describe('an order, whatever is done to it', () => {
  it('has versions from 1 without a gap, and in each event what replaying up to it gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 30 }), async (commands) => {
        const { events } = await orderAfter(commands);

        expect(events.all.map(({ order }) => order.version)).toEqual(events.all.map((_, at) => at + 1));
        for (const [at, { order, placedAt, occurredAt }] of events.all.entries()) {
          const replayed = replay(events.all.slice(0, at + 1));
          expect(replayed).toMatchObject({
            id: order.id,
            userId: order.userId,
            version: order.version,
            status: order.status,
            total: order.total,
            createdAt: placedAt,
            updatedAt: occurredAt,
          });
          expect(replayed?.lines).toHaveLength(order.lineCount);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is the same from its snapshot as from all of its events', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 49, maxLength: 120 }),
        async (quantities) => {
          const { id, events, snapshots } = await orderAfter(
            quantities.map((quantity) => changeLines([aLine({ quantity })])),
          );

          const snapshot = await snapshots.find(id);
          expect(snapshot?.version).toBe(Math.floor((quantities.length + 1) / 50) * 50);
          await expect(loadOrder({ events, snapshots }, id)).resolves.toEqual(replay(events.all));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('makes events that the store reads back and that keep to the contract, with sums that are exact', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 10 }), async (commands) => {
        const { events } = await orderAfter(commands);

        for (const event of events.all) {
          expect(storedEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(JSON.parse(JSON.stringify(event)));
          expect(orderEvent.safeParse(event).success).toBe(true);
          expect(Number.isSafeInteger(event.order.total.amount)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('never leaves an end: nothing follows what was shipped or cancelled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(pay, ship, cancel, changeLines([aLine()]))), async (commands) => {
        const { events } = await orderAfter(commands);

        const statuses = events.all.map(({ order }) => order.status);
        const end = statuses.findIndex((status) => status === 'shipped' || status === 'cancelled');
        expect(end === -1 || end === statuses.length - 1).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
