import type { Cache } from '@shared/cache/cache';
import { createCached } from '@shared/cache/cached';
import { memoryCache } from '@shared/cache/memory-cache';
import { stageCache } from '@shared/cache/stage-cache';
import * as z from 'zod';

const schema = z.object({ count: z.number() });

/** A cache in use: how often something was loaded, and what went wrong. */
function using(cache: Cache) {
  const problems: string[] = [];
  const cached = createCached(cache, (message) => problems.push(message));
  let count = 0;
  const load = () => Promise.resolve({ count: (count += 1) });
  return { problems, ask: (key = 'key') => cached(key, 300, schema, load) };
}

const broken = () => Promise.reject(new Error('The cache is gone'));

describe('cached', () => {
  it('loads once for each key', async () => {
    const { ask, problems } = using(memoryCache());

    const values = [await ask(), await ask(), await ask('other'), await ask()];

    expect(values).toEqual([{ count: 1 }, { count: 1 }, { count: 2 }, { count: 1 }]);
    expect(problems).toEqual([]);
  });

  it.each(['{', '{"count":"1"}', 'null'])('loads anew what is kept in another form: %s', async (kept) => {
    const cache = memoryCache();
    await cache.set('key', kept, 300);

    await expect(using(cache).ask()).resolves.toEqual({ count: 1 });

    await expect(cache.get('key')).resolves.toBe('{"count":1}');
  });

  it('loads where the cache fails to read, does not wait for it again, and tells of it', async () => {
    const { ask, problems } = using({ get: broken, set: broken });

    await expect(ask()).resolves.toEqual({ count: 1 });

    expect(problems).toEqual(['The cache cannot be read']);
  });

  it('gives what it has loaded where the cache fails to write', async () => {
    const { ask, problems } = using({ ...memoryCache(), set: broken });

    await expect(ask()).resolves.toEqual({ count: 1 });

    expect(problems).toEqual(['The cache cannot be written']);
  });

  it('throws what load throws, and keeps nothing', async () => {
    const cache = memoryCache();
    const cached = createCached(cache, () => undefined);

    await expect(cached('key', 300, schema, () => Promise.reject(new Error('No table')))).rejects.toThrow('No table');

    await expect(cache.get('key')).resolves.toBeUndefined();
  });
});

describe('the cache of the stage', () => {
  const environment = {
    STAGE: 'test',
    POWERTOOLS_SERVICE_NAME: 'analytics',
    POWERTOOLS_METRICS_NAMESPACE: 'aviary',
    POWERTOOLS_LOG_LEVEL: 'INFO',
  };

  it('is in memory without a Redis', async () => {
    const cache = stageCache(() => undefined, { ...environment, CACHE_URL: '' });

    await cache.set('key', 'x', 300);

    await expect(cache.get('key')).resolves.toBe('x');
  });
});
