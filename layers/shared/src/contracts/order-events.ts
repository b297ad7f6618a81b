import * as z from 'zod';

/** What an order can be; `shipped` and `cancelled` are ends. */
export const orderStatus = z.enum(['placed', 'paid', 'shipped', 'cancelled']);
export type OrderStatus = z.infer<typeof orderStatus>;

/** ISO 4217 codes that orders take, with the number of digits after the point of their minor unit. */
export const minorUnitDigits = { CHF: 2, EUR: 2, GBP: 2, JPY: 0, USD: 2 } as const;

/** An amount of money: whole minor units (cents), so that sums are exact. */
export const money = z.strictObject({
  amount: z.int().min(0),
  currency: z.enum(['CHF', 'EUR', 'GBP', 'JPY', 'USD']),
});
export type Money = z.infer<typeof money>;

/** Version of the form of {@link orderEvent}; a consumer parks an event of a newer one. */
export const orderEventSchemaVersion = 1;

/**
 * What the rest of the system is told of an order, on the stream and on the topic `<app>-order-events-<stage>`: what
 * happened, and the order as it was after that. `eventId` stays the same when the event is delivered again; `version`
 * counts the events of one order from 1, without a gap.
 */
export const orderEvent = z.object({
  schemaVersion: z.literal(orderEventSchemaVersion),
  eventId: z.string().min(1),
  type: z.enum(['OrderPlaced', 'OrderLinesChanged', 'OrderPaid', 'OrderShipped', 'OrderCancelled']),
  /** ISO 8601 in UTC, with milliseconds: when it happened, not when it was delivered. */
  occurredAt: z.iso.datetime(),
  correlationId: z.string().min(1),
  order: z.object({
    id: z.uuid(),
    userId: z.uuid(),
    version: z.int().min(1),
    status: orderStatus,
    total: money,
    lineCount: z.int().min(0),
  }),
});
export type OrderEvent = z.infer<typeof orderEvent>;
