import type { Cache } from '@shared/cache/cache';
import type { Redis } from 'ioredis';

/** What the cache asks of a client of Redis. */
export type RedisClient = Pick<Redis, 'get' | 'setex'>;

/**
 * How a client is made, so that a Redis that is away or slow costs a request no more than 200 ms. A connection is made
 * with the first command and lives as long as the execution environment; one that was cut is made anew in the background.
 */
export const redisOptions = {
  lazyConnect: true,
  connectTimeout: 1_000,
  commandTimeout: 200,
  // Also that which a frozen environment has not seen die.
  socketTimeout: 1_000,
  maxRetriesPerRequest: 0,
} as const;

/** A cache in Redis, which every execution environment sees; `connect` is asked when it is used for the first time. */
export function redisCache(connect: () => Promise<RedisClient>, prefix: string): Cache {
  let client: Promise<RedisClient> | undefined;
  const connected = (): Promise<RedisClient> =>
    (client ??= connect().catch((error: unknown) => {
      // The next one who asks tries again.
      client = undefined;
      throw error;
    }));
  return {
    get: async (key) => (await (await connected()).get(`${prefix}${key}`)) ?? undefined,
    set: async (key, value, ttlSeconds) => {
      await (await connected()).setex(`${prefix}${key}`, ttlSeconds, value);
    },
  };
}
