import type { ExpiredItems, ItemKey } from '../../../functions/scheduled/expired-items.ts';

/** An item as the clean-up sees it. */
export interface StoredItem extends ItemKey {
  readonly expiresAt?: number;
}

/** A table in memory, in the order of its keys. */
export interface MemoryItems extends ExpiredItems {
  readonly put: (item: StoredItem) => Promise<void>;
  readonly keys: () => Promise<string[]>;
}

const order = ({ pk, sk }: ItemKey): string => `${pk} ${sk}`;

/** Makes an empty table. */
export function memoryExpiredItems(): MemoryItems {
  const items = new Map<string, StoredItem>();
  let kept: ItemKey | undefined;
  const isExpired = ({ expiresAt }: StoredItem, time: number): boolean => expiresAt !== undefined && expiresAt < time;
  return {
    put: async (item) => {
      await Promise.resolve();
      items.set(order(item), item);
    },
    keys: () => Promise.resolve([...items.values()].map(({ pk }) => pk).sort()),
    find: async (time, limit, from) => {
      await Promise.resolve();
      const sorted = [...items.values()].sort((one, other) => (order(one) < order(other) ? -1 : 1));
      const rest = sorted.filter((item) => from === undefined || order(item) > order(from));
      const page = rest.slice(0, limit);
      const expired = page.filter((item) => isExpired(item, time)).map(({ pk, sk }) => ({ pk, sk }));
      const last = page.at(-1);
      return rest.length < limit || last === undefined ? { expired } : { expired, next: { pk: last.pk, sk: last.sk } };
    },
    remove: async (key, time) => {
      await Promise.resolve();
      const item = items.get(order(key));
      return item !== undefined && isExpired(item, time) && items.delete(order(key));
    },
    place: () => Promise.resolve(kept),
    keepPlace: async (place) => {
      await Promise.resolve();
      kept = place;
    },
  };
}
