import type { Cached } from '@shared/cache/cached';
import type { Tallies } from '@shared/tallies/tallies';
import * as z from 'zod';

const windows = z.array(z.object({ window: z.string(), numbers: z.record(z.string(), z.number()) }));

/** So long after its end nearly all orders of a range have come, in milliseconds. */
const settledAfter = 3_600_000;

/**
 * Reads windows, and those that ended more than an hour ago at most once in as many seconds as `cacheSeconds` says; it
 * says `undefined` where nothing is to be kept. Nothing takes them out of the cache before: an order that comes that late,
 * such as one of a replay, is seen when the time is over.
 */
export function cachedWindows(
  orders: Pick<Tallies, 'read'>,
  cached: Cached,
  cacheSeconds: () => Promise<number | undefined>,
  now: () => number,
): Pick<Tallies, 'read'> {
  return {
    read: async (from, to) => {
      if (Date.parse(to) > now() - settledAfter) return orders.read(from, to);
      const seconds = await cacheSeconds();
      if (seconds === undefined) return orders.read(from, to);
      return cached(`order-windows:${from}:${to}`, seconds, windows, () => orders.read(from, to));
    },
  };
}
