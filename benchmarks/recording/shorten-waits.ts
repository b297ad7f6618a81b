import type { Moment } from './moments.ts';

/** Longest wait that is shown, in milliseconds. */
const longestMs = 2_000;
/** What a shorter limit is tried by, in milliseconds, so that it can be said in tenths of a second. */
const stepMs = 100;

export interface Shortened {
  /** From 0 on. */
  readonly moments: readonly Moment[];
  /** No wait for a program is longer, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Cuts the waits for a program to one limit: 2 s, or the longest one with which all is shown within `withinMs`. The time to
 * read and to type, which is before what is typed, stays as it is.
 * @throws {RangeError} when no limit is short enough
 */
export function shortenWaits(moments: readonly Moment[], withinMs: number): Shortened {
  for (let limitMs = longestMs; limitMs > 0; limitMs -= stepMs) {
    const shortened = withLimit(moments, limitMs);
    if ((shortened.at(-1)?.at ?? 0) <= withinMs) return { moments: shortened, limitMs };
  }
  throw new RangeError(`${moments.length} moments have no room in ${withinMs} ms.`);
}

function withLimit(moments: readonly Moment[], limitMs: number): readonly Moment[] {
  let now = 0;
  return moments.map((moment, index) => {
    const wait = moment.at - (moments[index - 1]?.at ?? moment.at);
    now += moment.kind === 'typed' ? wait : Math.min(wait, limitMs);
    return { ...moment, at: now };
  });
}
