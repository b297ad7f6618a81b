import { randomUUID } from 'node:crypto';
import type { OrderLine, StoredEvent } from '@shared/orders/stored-event';
import type { Fact, Order, OrderIdentity } from '../../../functions/orders/order.ts';
import { recordEvent } from '../../../functions/orders/record-event.ts';

let made = 0;

/** A line in euros. */
export const aLine = (parts: Partial<OrderLine> = {}): OrderLine => ({
  sku: 'PERCH-01',
  quantity: 2,
  unitPrice: { amount: 1299, currency: 'EUR' },
  ...parts,
});

/** The events of facts that follow one another, the first of which places the order; each a second after the one before. */
export function eventsOf(facts: readonly Fact[], parts: Partial<OrderIdentity> = {}): StoredEvent[] {
  const identity = { id: randomUUID(), userId: randomUUID(), ...parts };
  const events: StoredEvent[] = [];
  let order: Order | undefined;
  for (const fact of facts) {
    made += 1;
    const occurredAt = new Date(Date.UTC(2025, 0, 1) + made * 1_000).toISOString();
    const marks = { eventId: randomUUID(), occurredAt, correlationId: `test-${made}` };
    const recorded = recordEvent(order, identity, fact, marks);
    order = recorded.order;
    events.push(recorded.event);
  }
  return events;
}

/** The facts of an order that was placed and then changed `changes` times. */
export const changedOften = (changes: number): Fact[] => [
  { type: 'OrderPlaced', lines: [aLine()] },
  ...Array.from({ length: changes }, (_, at): Fact => ({
    type: 'OrderLinesChanged',
    lines: [aLine({ quantity: at + 1 })],
  })),
];
