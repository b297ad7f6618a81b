import type { ScheduledDependencies } from './dependencies.ts';

/** What a run did; `wholeTable` says that it came to the end of the table. */
export interface CleanUpReport {
  readonly pages: number;
  readonly removed: number;
  readonly wholeTable: boolean;
}

/** The bounds of one run; the time is what has to be left to begin another page, in milliseconds. */
export const cleanUpLimits = { pages: 20, pageSize: 250, timeLeftMs: 10_000 };

/** DynamoDB takes what has expired within two days, at no price: what is younger is left to it. Seconds. */
export const grace = 2 * 86_400;

/**
 * Removes what has expired and DynamoDB has not taken, page by page. It stops at the limit of pages or of time, and keeps
 * its place, where the next run goes on; from the end of the table the next run goes back to the beginning.
 */
export async function cleanUp({
  expiredItems,
  now,
  timeLeft,
  count,
  onCleanUp,
}: ScheduledDependencies): Promise<CleanUpReport> {
  const time = Math.floor(now().getTime() / 1_000) - grace;
  let place = await expiredItems.place();
  let [pages, removed] = [0, 0];
  do {
    const { expired, next } = await expiredItems.find(time, cleanUpLimits.pageSize, place);
    for (const key of expired) if (await expiredItems.remove(key, time)) removed += 1;
    pages += 1;
    place = next;
    await expiredItems.keepPlace(place);
  } while (place !== undefined && pages < cleanUpLimits.pages && timeLeft() > cleanUpLimits.timeLeftMs);
  if (removed > 0) count('ItemsRemoved', removed);
  const report = { pages, removed, wholeTable: place === undefined };
  onCleanUp(report);
  return report;
}
