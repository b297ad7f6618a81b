import { orderEventSchemaVersion } from '@shared/contracts/order-events';
import type { StoredEvent } from '@shared/orders/stored-event';
import { evolve, type Fact, type Order, type OrderIdentity } from './order.ts';

/** What an event has beside what happened. */
export interface EventMarks {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly correlationId: string;
  readonly requestDigest?: string | undefined;
}

/** An event that is not stored yet, and the order as it is after it. */
export interface Recorded {
  readonly event: StoredEvent;
  readonly order: Order;
}

/** Makes the event of a fact: the order as it is afterwards stands in it. */
export function recordEvent(
  before: Order | undefined,
  identity: OrderIdentity,
  fact: Fact,
  { requestDigest, ...marks }: EventMarks,
): Recorded {
  const order = evolve(before, identity, fact, marks.occurredAt);
  const { id, userId, version, status, total, lines, createdAt } = order;
  const common = {
    schemaVersion: orderEventSchemaVersion,
    ...marks,
    placedAt: createdAt,
    order: { id, userId, version, status, total, lineCount: lines.length },
  } as const;
  switch (fact.type) {
    case 'OrderPlaced':
      return { order, event: { ...common, type: fact.type, lines: [...fact.lines], requestDigest } };
    case 'OrderLinesChanged':
      return { order, event: { ...common, type: fact.type, lines: [...fact.lines] } };
    case 'OrderPaid':
    case 'OrderShipped':
    case 'OrderCancelled':
      return { order, event: { ...common, type: fact.type } };
  }
}
