import type { Cache } from '@shared/cache/cache';
import type * as z from 'zod';

/**
 * Gives what `load` has given for the key within the last `ttlSeconds`, else what it gives now. The schema is of what
 * `load` gives, as JSON holds it: what is kept by another release, in another form, is loaded anew.
 */
export type Cached = <Value>(
  key: string,
  ttlSeconds: number,
  schema: z.ZodType<Value>,
  load: () => Promise<Value>,
) => Promise<Value>;

function fromJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Makes {@link Cached} of a cache. A cache that fails costs its own time limit and nothing else: the value is loaded, and
 * `onProblem` is told. What `load` throws is thrown on, and not kept.
 */
export function createCached(cache: Cache, onProblem: (message: string, error: unknown) => void): Cached {
  return async (key, ttlSeconds, schema, load) => {
    let text: string | undefined;
    try {
      text = await cache.get(key);
    } catch (error) {
      onProblem('The cache cannot be read', error);
      // It would fail as well to write, and take its time.
      return load();
    }
    const kept = schema.safeParse(fromJson(text));
    if (kept.success) return kept.data;
    const value = await load();
    await cache.set(key, JSON.stringify(value), ttlSeconds).catch((error: unknown) => {
      onProblem('The cache cannot be written', error);
    });
    return value;
  };
}
