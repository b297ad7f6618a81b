import type { StoredEvent } from '@shared/orders/stored-event';
import type { Order } from './order.ts';

/** The append-only store of events. Any operation may throw an UnavailableError when it is overloaded. */
export interface EventStore {
  /**
   * Appends an event whose version follows the last one; the same event a second time changes nothing.
   * @throws {VersionTakenError} when another event has the version
   */
  readonly append: (event: StoredEvent) => Promise<void>;
  /** The events of an order after a version (0: all of them), in their order; sees every append acknowledged before. */
  readonly read: (orderId: string, after: number) => Promise<StoredEvent[]>;
}

/** The latest snapshot of each order: a shorter way to the same state, which may be lost or behind. */
export interface Snapshots {
  readonly find: (orderId: string) => Promise<Order | undefined>;
  /** Keeps the snapshot, unless there is a later one. */
  readonly save: (order: Order) => Promise<void>;
}

/** A snapshot is made at each multiple of this many events. */
export const snapshotEvery = 50;
