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

/** An event that cannot be read; no repetition helps. */
export class UnreadableEventError extends Error {
  override readonly name: string = 'UnreadableEventError';
}

/** An event of a newer form than this code knows: it has to wait for newer code. */
export class NewerEventError extends UnreadableEventError {
  override readonly name = 'NewerEventError';
}

const versioned = z.object({ schemaVersion: z.number() });

/**
 * Reads an event of the store.
 * @throws {NewerEventError} for one that a newer release has written
 * @throws {UnreadableEventError} for anything else that is no event
 */
export function readStoredEvent(item: unknown): StoredEvent {
  const version = versioned.safeParse(item).data?.schemaVersion;
  if (version !== undefined && version > orderEventSchemaVersion)
    throw new NewerEventError(`The event has schema version ${version}; this code knows ${orderEventSchemaVersion}`);
  const result = storedEvent.safeParse(item);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  throw new UnreadableEventError(`No order event: ${fields.join('; ')}`, { cause: result.error });
}
