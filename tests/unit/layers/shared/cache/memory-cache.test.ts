import { memoryCache } from '@shared/cache/memory-cache';
import { cacheContract } from '../../../../support/runtime/cache-contract.ts';

describe('a cache in memory', () => {
  cacheContract(() => memoryCache());

  it('drops what was not used for longest when it is full, and does not keep what is too long', async () => {
    const cache = memoryCache(30);
    for (const key of ['one', 'two', 'three']) await cache.set(key, '12345678', 300);

    await cache.get('one');
    await cache.set('four', '12345678', 300);
    await cache.set('five', 'x'.repeat(31), 300);

    const held = await Promise.all(['one', 'two', 'three', 'four', 'five'].map(cache.get));
    expect(held.map((text) => text !== undefined)).toEqual([true, false, true, true, false]);
  });
});
