import { setTimeout as wait } from 'node:timers/promises';

/**
 * Looks again until what it sees is `enough`, for a minute at most; then it gives what it saw last, and the test's own
 * assertions say what is missing.
 */
export async function eventually<T>(look: () => Promise<T>, enough: (seen: T) => boolean): Promise<T> {
  for (let time = 1; ; time += 1) {
    const seen = await look();
    if (enough(seen) || time >= 240) return seen;
    await wait(250);
  }
}
