import { randomUUID } from 'node:crypto';
import type { Cache } from '@shared/cache/cache';
import { eventually } from './eventually.ts';

/** Declares what every cache does; `make` gives one that may have been used by other tests. */
// eslint-disable-next-line jest/no-export -- both adapters run the same contract
export function cacheContract(make: () => Cache): void {
  it('gives what was kept, and nothing for another key', async () => {
    const cache = make();
    const key = randomUUID();

    await cache.set(key, '{"name":"Zoë 🐤"}', 300);

    await expect(cache.get(key)).resolves.toBe('{"name":"Zoë 🐤"}');
    await expect(cache.get(`${key}-other`)).resolves.toBeUndefined();
  });

  it('gives what was kept last, also where that is nothing', async () => {
    const cache = make();
    const key = randomUUID();

    await cache.set(key, 'first', 300);
    await cache.set(key, '', 300);

    await expect(cache.get(key)).resolves.toBe('');
  });

  it('forgets each when its time is over', async () => {
    const cache = make();
    const [short, long] = [randomUUID(), randomUUID()];
    await cache.set(long, 'long', 300);
    await cache.set(short, 'short', 1);

    const gone = await eventually(
      () => cache.get(short),
      (found) => found === undefined,
    );

    expect(gone).toBeUndefined();
    await expect(cache.get(long)).resolves.toBe('long');
  });
}
