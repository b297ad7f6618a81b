import { createCached } from '@shared/cache/cached';
import { redisCache } from '@shared/cache/redis-cache';
import { connectRedis, stageCache } from '@shared/cache/stage-cache';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { cacheContract } from '../support/runtime/cache-contract.ts';
import { eventually } from '../support/runtime/eventually.ts';
import { describeWithRedis, freePort, useRedis } from '../support/runtime/redis-server.ts';

describeWithRedis('a cache in Redis', () => {
  const schema = z.string();
  const redis = useRedis();
  const problems: string[] = [];
  const onProblem = (message: string): void => void problems.push(message);
  const cache = (prefix = 'test:') => {
    const client = redis.connect();
    return redisCache(() => Promise.resolve(client), prefix);
  };

  cacheContract(cache);

  it('is one for all who use it, and another for each stage', async () => {
    await cache('staging:').set('key', 'x', 300);

    await expect(cache('staging:').get('key')).resolves.toBe('x');
    await expect(cache('production:').get('key')).resolves.toBeUndefined();
  });

  it('connects once for many calls', async () => {
    let made = 0;
    const client = redis.connect();
    const one = redisCache(() => Promise.resolve(((made += 1), client)), 'once:');

    await Promise.all(['a', 'b', 'c'].map((key) => one.set(key, key, 300)));

    expect([made, await one.get('c')]).toEqual([1, 'c']);
  });

  it('costs no answer when Redis goes away, and is used again when it is back', async () => {
    const shared = cache('away:');
    const cached = createCached(shared, onProblem);
    let loads = 0;
    const ask = () => cached('key', 300, schema, () => Promise.resolve(`load ${String((loads += 1))}`));
    await ask();

    await redis.stop();
    const answers = [await ask(), await ask()];
    await redis.start();
    await eventually(
      () =>
        shared.set('key', '"kept again"', 300).then(
          () => true,
          () => false,
        ),
      (isSet) => isSet,
    );

    expect(answers).toEqual(['load 2', 'load 3']);
    expect(problems).toEqual(['The cache cannot be read', 'The cache cannot be read']);
    await expect(ask()).resolves.toBe('kept again');
  });
});

describe('the cache of a stage whose Redis is not there', () => {
  it('fails soon, so that what is asked for is loaded', async () => {
    const problems: string[] = [];
    const onProblem = (message: string): void => void problems.push(message);
    const source = {
      STAGE: 'test',
      POWERTOOLS_SERVICE_NAME: 'analytics',
      POWERTOOLS_METRICS_NAMESPACE: 'aviary',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      CACHE_URL: `redis://127.0.0.1:${await freePort()}`,
    };

    const made: Redis[] = [];
    const cache = stageCache(onProblem, source, async (...given) => {
      const client = await connectRedis(...given);
      made.push(client);
      return client;
    });

    const value = await createCached(cache, onProblem)('key', 300, z.number(), () => Promise.resolve(7));

    for (const client of made) client.disconnect();
    expect(value).toBe(7);
    expect(problems).toEqual(
      expect.arrayContaining(['The connection to Redis has failed', 'The cache cannot be read']),
    );
  });
});
