import { setTimeout as wait } from 'node:timers/promises';

/** How often and how patiently something is tried; the waits are in milliseconds. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

/** What a retry draws on; a test gives its own. */
export interface RetryTools {
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly random: () => number;
}

const production: RetryTools = { sleep: (ms) => wait(ms), random: Math.random };

/**
 * Runs `work` again while it fails with an error that `passes`, and throws the last one when the attempts are used up.
 * The wait is a random part of a doubling ceiling (full jitter), so that callers in contention do not meet again.
 */
export async function retry<T>(
  policy: RetryPolicy,
  passes: (error: unknown) => boolean,
  work: () => Promise<T>,
  { sleep, random }: RetryTools = production,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= policy.attempts || !passes(error)) throw error;
      const ceiling = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1));
      await sleep(random() * ceiling);
    }
  }
}
