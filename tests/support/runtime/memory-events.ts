import type { StoredEvent } from '@shared/orders/stored-event';
import { VersionTakenError } from '../../../functions/orders/order-errors.ts';
import type { EventStore, Snapshots } from '../../../functions/orders/event-store.ts';
import type { Order } from '../../../functions/orders/order.ts';

/** Events kept in memory, in the order in which they were appended. */
export interface MemoryEvents extends EventStore {
  readonly all: readonly StoredEvent[];
}

export function memoryEvents(existing: readonly StoredEvent[] = []): MemoryEvents {
  const all = [...existing];
  return {
    all,
    append: async (event) => {
      await Promise.resolve();
      const holder = all.find(({ order }) => order.id === event.order.id && order.version === event.order.version);
      if (holder === undefined) all.push(event);
      else if (holder.eventId !== event.eventId) throw new VersionTakenError('Taken', 1);
    },
    read: async (orderId, after) => {
      await Promise.resolve();
      return all
        .filter(({ order }) => order.id === orderId && order.version > after)
        .sort((a, b) => a.order.version - b.order.version);
    },
  };
}

export function memorySnapshots(): Snapshots {
  const latest = new Map<string, Order>();
  return {
    find: (id) => Promise.resolve(latest.get(id)),
    save: async (order) => {
      await Promise.resolve();
      if ((latest.get(order.id)?.version ?? 0) < order.version) latest.set(order.id, order);
    },
  };
}
