import { distinct, sum, tallyTimes, type Numbers, type Tallies } from '@shared/tallies/tallies';

/** Tallies in memory; `now` is in seconds. */
export function memoryTallies(now: () => number): Tallies {
  const rows = new Map<string, Numbers>();
  const marks = new Map<string, number>();
  const isCounted = (id: string): boolean => (marks.get(id) ?? -1) >= now();
  return {
    add: async (_part, contributions) => {
      await Promise.resolve();
      const fresh = distinct(contributions).filter(({ onceId }) => !isCounted(onceId));
      for (const { onceId, window, numbers } of fresh) {
        marks.set(onceId, now() + tallyTimes.counted);
        rows.set(window, sum(rows.get(window) ?? {}, numbers));
      }
      return new Set(fresh.map(({ onceId }) => onceId));
    },
    counted: async (ids) => {
      await Promise.resolve();
      return new Set(ids.filter(isCounted));
    },
    read: async (from, to) => {
      await Promise.resolve();
      const found = [...rows].filter(([window]) => from <= window && window < to);
      return found.sort(([one], [other]) => (one < other ? -1 : 1)).map(([window, numbers]) => ({ window, numbers }));
    },
  };
}
