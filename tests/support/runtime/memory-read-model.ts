import { ConflictError } from '@shared/errors/app-error';
import { listSortKey, type OrderPosition, type OrderView } from '@shared/orders/order-view';
import { firstGeneration, type Generations } from '@shared/orders/projection-pointer';
import type { OrderLists } from '../../../functions/orders/order-lists.ts';
import type { OrderViews } from '../../../functions/table-stream/order-views.ts';
import type { Projection } from '../../../functions/table-stream/projection.ts';

/** The read model of orders, its pointer, and the lists that read it. */
export interface ReadModel {
  readonly views: OrderViews;
  readonly projection: Projection;
  readonly lists: OrderLists;
}

/** A read model that is kept in memory; `all` has the views of each generation. */
export function memoryReadModel(): ReadModel & { readonly all: ReadonlyMap<string, ReadonlyMap<string, OrderView>> } {
  const all = new Map<string, Map<string, OrderView>>();
  let generations: Generations = { live: firstGeneration, building: undefined, retired: [] };
  const viewsOf = (generation: string): Map<string, OrderView> => {
    const found = all.get(generation) ?? new Map<string, OrderView>();
    all.set(generation, found);
    return found;
  };
  const retiredWith = (generation: string): string[] => [...new Set([...generations.retired, generation])].sort();
  const newestFirst = (a: OrderPosition, b: OrderPosition): number => (listSortKey(a) < listSortKey(b) ? 1 : -1);

  return {
    all,
    views: {
      put: async (generation, view) => {
        await Promise.resolve();
        const views = viewsOf(generation);
        if ((views.get(view.id)?.version ?? 0) < view.version) views.set(view.id, view);
      },
      some: (generation, limit) => Promise.resolve([...viewsOf(generation).keys()].slice(0, limit)),
      remove: async (generation, id) => {
        await Promise.resolve();
        viewsOf(generation).delete(id);
      },
    },
    projection: {
      read: () => Promise.resolve(generations),
      begin: async (building) => {
        await Promise.resolve();
        const overtaken = generations.building;
        const retired = overtaken === undefined ? generations.retired : retiredWith(overtaken);
        generations = { ...generations, building, retired };
      },
      swap: async (live) => {
        await Promise.resolve();
        if (generations.live === live) return;
        if (generations.building !== live) throw new ConflictError('Another rebuild has begun');
        generations = { live, building: undefined, retired: retiredWith(generations.live) };
      },
      forget: async (gone) => {
        await Promise.resolve();
        generations = { ...generations, retired: generations.retired.filter((it) => it !== gone) };
      },
    },
    lists: {
      list: async (filter, limit, after) => {
        await Promise.resolve();
        const found = [...viewsOf(generations.live).values()]
          .filter((view) => ('userId' in filter ? view.userId === filter.userId : view.status === filter.status))
          .filter((view) => after === undefined || listSortKey(view) < listSortKey(after))
          .sort(newestFirst);
        const items = found.slice(0, limit);
        const last = items.at(-1);
        return found.length > limit && last ? { items, next: { createdAt: last.createdAt, id: last.id } } : { items };
      },
    },
  };
}
