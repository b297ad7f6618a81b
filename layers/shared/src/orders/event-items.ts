import type { StoredEvent } from '@shared/orders/stored-event';

/** A primary key of the events table. */
export interface EventKey {
  readonly pk: string;
  readonly sk: string;
}

/** The partition of an order's events. */
export const eventPartition = (orderId: string): string => `ORDER#${orderId}`;

/** The sort key of a version: padded, so that text sorts as numbers do. */
export const eventSortKey = (version: number): string => `EVENT#${String(version).padStart(10, '0')}`;

/** The key of one event. */
export const eventKey = (orderId: string, version: number): EventKey => ({
  pk: eventPartition(orderId),
  sk: eventSortKey(version),
});

/** The item of an event. */
export const eventItem = (event: StoredEvent): Record<string, unknown> => ({
  ...eventKey(event.order.id, event.order.version),
  ...event,
});
