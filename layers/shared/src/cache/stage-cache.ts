import type { Cache } from '@shared/cache/cache';
import { memoryCache } from '@shared/cache/memory-cache';
import { redisCache, redisOptions } from '@shared/cache/redis-cache';
import { readEnvironment, type EnvironmentSource } from '@shared/config/environment';
import type { Redis } from 'ioredis';

type OnProblem = (message: string, error: unknown) => void;

/** Makes the client of a Redis. Its package is loaded here, and only then: it costs 34 ms of a cold start. */
export async function connectRedis(url: string, onProblem: OnProblem): Promise<Redis> {
  const ioredis = await import('ioredis');
  const client = new ioredis.Redis(url, redisOptions);
  client.on('error', (error: unknown) => {
    onProblem('The connection to Redis has failed', error);
  });
  return client;
}

/**
 * The cache of the stage: the Redis of `CACHE_URL` where the template has one, else the memory of this execution
 * environment; call it once, outside the handler. Stages may share a Redis: each has its own keys.
 */
export function stageCache(
  onProblem: OnProblem,
  source: EnvironmentSource = process.env,
  connect: typeof connectRedis = connectRedis,
): Cache {
  const { STAGE, POWERTOOLS_METRICS_NAMESPACE: app } = readEnvironment([], source);
  const url = source['CACHE_URL'];
  if (url === undefined || url === '') return memoryCache();
  return redisCache(() => connect(url, onProblem), `${app}:${STAGE}:`);
}
