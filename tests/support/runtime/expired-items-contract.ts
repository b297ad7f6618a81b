import type { ItemKey } from '../../../functions/scheduled/expired-items.ts';
import type { MemoryItems } from './memory-expired-items.ts';

/** Declares what everything that finds expired items does; `make` gives an empty table. */
// eslint-disable-next-line jest/no-export -- the fake's test and the real adapter's run the same contract
export function expiredItemsContract(make: () => MemoryItems | Promise<MemoryItems>): void {
  const time = 1_750_000_000;
  const key = (pk: string): ItemKey => ({ pk, sk: 'ITEM' });

  it('finds what has expired, page by page, each item once, and nothing else', async () => {
    const items = await make();
    for (let at = 0; at < 25; at += 1) await items.put({ ...key(`old-${at}`), expiresAt: time - 1 - at });
    await items.put({ ...key('fresh'), expiresAt: time });
    await items.put(key('lasting'));
    const found: string[] = [];
    let pages = 0;
    let from: ItemKey | undefined;

    do {
      const { expired, next } = await items.find(time, 10, from);
      found.push(...expired.map(({ pk }) => pk));
      pages += 1;
      from = next;
    } while (from !== undefined);

    expect(found.sort()).toEqual(Array.from({ length: 25 }, (_, at) => `old-${at}`).sort());
    expect(pages).toBeGreaterThan(2);
  });

  it('removes an item once, and not one that was given more time, nor one that lasts', async () => {
    const items = await make();
    await items.put({ ...key('old'), expiresAt: time - 1 });
    await items.put({ ...key('renewed'), expiresAt: time + 60 });
    await items.put(key('lasting'));

    const outcomes: boolean[] = [];
    for (const pk of ['old', 'old', 'renewed', 'lasting', 'missing']) outcomes.push(await items.remove(key(pk), time));

    expect(outcomes).toEqual([true, false, false, false, false]);
    await expect(items.keys()).resolves.toEqual(expect.arrayContaining(['lasting', 'renewed']));
    await expect(items.keys()).resolves.not.toContain('old');
  });

  it('keeps a place, and forgets it', async () => {
    const items = await make();
    const before = await items.place();
    await items.keepPlace(key('here'));
    const between = await items.place();
    await items.keepPlace(undefined);

    expect([before, between, await items.place()]).toEqual([undefined, key('here'), undefined]);
  });
}
