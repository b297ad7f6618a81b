import type { Money, OrderStatus } from '@shared/contracts/order-events';
import type { OrderLine, StoredEvent } from '@shared/orders/stored-event';

/** An order as its events make it; the times are ISO 8601 in UTC, `version` is the number of its events. */
export interface Order {
  readonly id: string;
  readonly userId: string;
  readonly status: OrderStatus;
  readonly lines: readonly OrderLine[];
  readonly total: Money;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a command makes happen to an order. */
export type Fact =
  | { readonly type: 'OrderPlaced' | 'OrderLinesChanged'; readonly lines: readonly OrderLine[] }
  | { readonly type: 'OrderPaid' | 'OrderShipped' | 'OrderCancelled' };

const statusAfter = {
  OrderPlaced: 'placed',
  OrderLinesChanged: 'placed',
  OrderPaid: 'paid',
  OrderShipped: 'shipped',
  OrderCancelled: 'cancelled',
} as const satisfies Record<StoredEvent['type'], OrderStatus>;

/** The sum of the lines, in whole minor units of the currency that all of them have. */
export function totalOf(lines: readonly OrderLine[]): Money {
  const [first] = lines;
  if (first === undefined) throw new RangeError('An order has a line');
  const amount = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amount, 0);
  return { amount, currency: first.unitPrice.currency };
}

/** An order's ids, before anything has happened to it. */
export type OrderIdentity = Pick<Order, 'id' | 'userId'>;

/** The order after a fact; `before` is undefined for the first one. */
export function evolve(before: Order | undefined, { id, userId }: OrderIdentity, fact: Fact, at: string): Order {
  const lines = 'lines' in fact ? fact.lines : (before?.lines ?? []);
  return {
    id,
    userId,
    status: statusAfter[fact.type],
    lines,
    total: totalOf(lines),
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  };
}

/** The order after events that follow `from`; undefined where nothing has ever happened. */
export function replay(events: readonly StoredEvent[], from?: Order): Order | undefined {
  return events.reduce<Order | undefined>((order, event) => evolve(order, event.order, event, event.occurredAt), from);
}
