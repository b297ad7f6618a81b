import { listSortKey, viewOf, type OrderPosition, type OrderView } from '@shared/orders/order-view';
import type { StoredEvent } from '@shared/orders/stored-event';
import type { OrderLists } from '../../../functions/orders/order-lists.ts';

/** Lists that are never behind the events. */
export function memoryOrderLists(events: readonly StoredEvent[]): OrderLists {
  const newestFirst = (a: OrderPosition, b: OrderPosition): number => (listSortKey(a) < listSortKey(b) ? 1 : -1);
  return {
    list: async (filter, limit, after) => {
      await Promise.resolve();
      const views = new Map<string, OrderView>();
      for (const event of events) views.set(event.order.id, viewOf(event));
      const found = [...views.values()]
        .filter((view) => ('userId' in filter ? view.userId === filter.userId : view.status === filter.status))
        .filter((view) => after === undefined || listSortKey(view) < listSortKey(after))
        .sort(newestFirst);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return found.length > limit && last ? { items, next: { createdAt: last.createdAt, id: last.id } } : { items };
    },
  };
}
