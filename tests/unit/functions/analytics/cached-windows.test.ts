import { createCached } from '@shared/cache/cached';
import { memoryCache } from '@shared/cache/memory-cache';
import type { Tally } from '@shared/tallies/tallies';
import { cachedWindows } from '../../../../functions/analytics/cached-windows.ts';

const never = (message: string): never => {
  throw new Error(message);
};

/** Windows as the function reads them at a time, and how often they were asked for. */
function reading(now: string, cacheSeconds: number | null = 300) {
  const asked: string[][] = [];
  const orders = {
    read: (from: string, to: string): Promise<Tally[]> => {
      asked.push([from, to]);
      return Promise.resolve([{ window: from, numbers: { 'orders:EUR': asked.length } }]);
    },
  };
  const seconds = () => Promise.resolve(cacheSeconds ?? undefined);
  return { asked, windows: cachedWindows(orders, createCached(memoryCache(), never), seconds, () => Date.parse(now)) };
}

const [from, to] = ['2025-06-01T00:00:00.000Z', '2025-06-02T00:00:00.000Z'];

describe('windows that are read through the cache', () => {
  it('are read once when they ended more than an hour ago', async () => {
    const { asked, windows } = reading('2025-06-02T01:00:00.000Z');

    const answers = [await windows.read(from, to), await windows.read(from, to)];

    expect(asked).toEqual([[from, to]]);
    expect(answers[1]).toEqual(answers[0]);
  });

  it('are read each time while orders of them may come', async () => {
    const { asked, windows } = reading('2025-06-02T00:59:59.999Z');

    await windows.read(from, to);
    await windows.read(from, to);

    expect(asked).toHaveLength(2);
  });

  it('are read each time where nothing is to be kept', async () => {
    const { asked, windows } = reading('2025-07-01T00:00:00.000Z', null);

    await windows.read(from, to);
    await windows.read(from, to);

    expect(asked).toHaveLength(2);
  });

  it('are kept for each range by itself', async () => {
    const { asked, windows } = reading('2025-07-01T00:00:00.000Z');

    await windows.read(from, to);
    await windows.read(from, '2025-06-01T12:00:00.000Z');

    expect(asked).toHaveLength(2);
  });
});
