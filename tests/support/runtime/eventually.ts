import { setTimeout as wait } from 'node:timers/promises';

/**
 * Looks again until what it sees is `enough`, for a minute at most unless told otherwise; then it gives what it saw last, and the test's own
 * assertions say what is missing.
 */
export async function eventually<T>(look: () => Promise<T>, enough: (seen: T) => boolean, seconds = 60): Promise<T> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const seen = await look();
    if (enough(seen) || performance.now() >= end) return seen;
    await wait(250);
  }
}
