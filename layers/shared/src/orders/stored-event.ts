import { readEvent } from '@shared/batch/read-record';
import { money, orderEvent, orderEventSchemaVersion } from '@shared/contracts/order-events';
import * as z from 'zod';

/** One line of an order; `unitPrice` is of one piece. */
export const orderLine = z.object({ sku: z.string().min(1), quantity: z.int().min(1), unitPrice: money });
export type OrderLine = z.infer<typeof orderLine>;

const { type: _types, ...told } = orderEvent.shape;

/**
 * What every stored event has: what the rest of the system is told of it, and when the order was placed. So each event
 * says by itself how the order was after it, and a projection needs no other one.
 */
const common = { ...told, placedAt: z.iso.datetime() };

/** An event of an order as the append-only store keeps it. */
export const storedEvent = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('OrderPlaced'),
    lines: z.array(orderLine),
    /** sha256 of what the caller sent, where it sent an idempotency key. */
    requestDigest: z.string().optional(),
  }),
  z.object({ ...common, type: z.literal('OrderLinesChanged'), lines: z.array(orderLine) }),
  z.object({ ...common, type: z.literal('OrderPaid') }),
  z.object({ ...common, type: z.literal('OrderShipped') }),
  z.object({ ...common, type: z.literal('OrderCancelled') }),
]);
export type StoredEvent = z.infer<typeof storedEvent>;

const contract = { schema: storedEvent, version: orderEventSchemaVersion };

/**
 * Reads an event of the store.
 * @throws {PoisonRecordError} for one that a newer release has written, and for anything that is no event
 */
export const readStoredEvent = (item: unknown): StoredEvent => readEvent(contract, item);
