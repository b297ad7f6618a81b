import type { Cache } from '@shared/cache/cache';
import { LRUCache } from 'lru-cache';

/**
 * A cache in the memory of one execution environment, which others do not see. Of `characters` in all, keys left out,
 * what was used last stays; a text that is longer by itself is not kept.
 */
export function memoryCache(characters = 4_000_000): Cache {
  const kept = new LRUCache<string, string>({ maxSize: characters, sizeCalculation: (text) => text.length + 1 });
  return {
    get: (key) => Promise.resolve(kept.get(key)),
    set: (key, value, ttlSeconds) => {
      kept.set(key, value, { ttl: ttlSeconds * 1_000 });
      return Promise.resolve();
    },
  };
}
