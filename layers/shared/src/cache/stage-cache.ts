import type { Cache } from '@shared/cache/cache';
import { memoryCache } from '@shared/cache/memory-cache';
import { redisCache, redisOptions } from '@shared/cache/redis-cache';
import type { RedisCredentials } from '@shared/cache/redis-credentials';
import { readEnvironment, type EnvironmentSource } from '@shared/config/environment';
import type { Redis } from 'ioredis';

type OnProblem = (message: string, error: unknown) => void;

/**
 * Makes the client of a Redis. Its package is loaded here, and only then: it costs 34 ms of a cold start. The credentials
 * stand in a secret, as variables are no place for them; without its name the Redis asks for none.
 */
export async function connectRedis(url: string, onProblem: OnProblem, secretName?: string): Promise<Redis> {
  const ioredis = await import('ioredis');
  const client = new ioredis.Redis(url, { ...redisOptions, ...(await credentials(secretName)) });
  client.on('error', (error: unknown) => {
    onProblem('The connection to Redis has failed', error);
  });
  return client;
}

async function credentials(secretName: string | undefined): Promise<Partial<RedisCredentials>> {
  if (secretName === undefined || secretName === '') return {};
  const { readRedisCredentials } = await import('@shared/cache/redis-credentials');
  return await readRedisCredentials(secretName);
}

/**
 * The cache of the stage: the Redis of `CACHE_URL` where the template has one, with the credentials of the secret
 * `CACHE_SECRET_NAME`, else the memory of this execution environment; call it once, outside the handler. Stages may share a
 * Redis: each has its own keys.
 */
export function stageCache(
  onProblem: OnProblem,
  source: EnvironmentSource = process.env,
  connect: typeof connectRedis = connectRedis,
): Cache {
  const { STAGE, POWERTOOLS_METRICS_NAMESPACE: app } = readEnvironment([], source);
  const url = source['CACHE_URL'];
  if (url === undefined || url === '') return memoryCache();
  return redisCache(() => connect(url, onProblem, source['CACHE_SECRET_NAME']), `${app}:${STAGE}:`);
}
