import { randomUUID } from 'node:crypto';
import type { OrderEvent } from '@shared/contracts/order-events';

/** What a test says of an order event; the parts of the order stand beside those of the event. */
export type OrderEventParts = Partial<Omit<OrderEvent, 'order'>> & { readonly order?: Partial<OrderEvent['order']> };

/** An order event that no other test has: an order placed for 49.99 euros. */
export function anOrderEvent({ order, ...parts }: OrderEventParts = {}): OrderEvent {
  return {
    schemaVersion: 1,
    eventId: randomUUID(),
    type: 'OrderPlaced',
    occurredAt: '2025-06-01T12:01:30.000Z',
    correlationId: 'correlation-1',
    ...parts,
    order: {
      id: randomUUID(),
      userId: randomUUID(),
      version: 1,
      status: 'placed',
      total: { amount: 4999, currency: 'EUR' },
      lineCount: 2,
      ...order,
    },
  };
}
