import { summarize } from '../statistics.ts';

/** Where a series of values goes. */
export interface Trend {
  /** Medians of the first fifth of the values, and of the last. */
  readonly first: number;
  readonly last: number;
  /** Of the second half, by least squares: what is added in an hour. */
  readonly perHour: number;
}

/** @param everyMs between one value and the next */
export function trendOf(values: readonly number[], everyMs: number): Trend {
  const fifth = Math.max(1, Math.floor(values.length / 5));
  const perHour = 3_600_000 / everyMs;
  return {
    first: summarize(values.slice(0, fifth)).median,
    last: summarize(values.slice(-fifth)).median,
    perHour: slope(values.slice(Math.floor(values.length / 2))) * perHour,
  };
}

/** Of the line that is nearest to the values, by the squares of its distances; 0 for fewer than two. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const along = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  const squares = values.reduce((sum, _value, at) => sum + (at - middle) ** 2, 0);
  return squares === 0 ? 0 : along / squares;
}
