import { findDifference } from './find-difference.ts';
import type { Json, TrafficCheck } from './schema.ts';

/** Asks a version; `failed` where it threw, and its answer is then the error. @throws {Error} where it does not answer */
export type Ask = (event: Json) => Promise<{ readonly answer: Json; readonly failed: boolean }>;

/** Why a version may get no traffic; undefined where it answers every check as it should. */
export async function judgeVersion(checks: readonly TrafficCheck[], ask: Ask): Promise<string | undefined> {
  if (checks.length === 0) return 'it has no checks';
  for (const { what, event, answer: expected } of checks) {
    try {
      const { answer, failed } = await ask(event);
      const difference = findDifference(expected, answer);
      if (difference !== undefined) return `${what}: ${difference} is not as expected${failed ? ', it failed' : ''}`;
    } catch (error) {
      return `${what}: ${error instanceof Error ? error.message : 'something was thrown'}`;
    }
  }
  return undefined;
}
