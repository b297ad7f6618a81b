export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly n: number;
}

/** Median and spread; of an even number of values the median is the mean of the middle two. */
export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const half = sorted.length / 2;
  const median = Number.isInteger(half) ? (at(half - 1) + at(half)) / 2 : at(Math.floor(half));
  return { median, min: at(0), max: at(sorted.length - 1), n: sorted.length };
}

/** The first quartile, the median and the third; between two values by their distance. */
export function quartiles(values: readonly number[]): readonly [first: number, median: number, third: number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share;
    const [low = Number.NaN, high = low] = sorted.slice(Math.floor(place), Math.floor(place) + 2);
    return low + (high - low) * (place - Math.floor(place));
  };
  return [at(0.25), at(0.5), at(0.75)];
}

/** The value that 95 of 100 do not exceed (nearest rank). */
export function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

/** How a value of one kind is written. */
export type Unit = (value: number) => string;

export const seconds: Unit = (ms) => `${(ms / 1000).toFixed(2)} s`;
export const bytes: Unit = (value) => `${Math.round(value).toLocaleString('en-US')} B`;
export const kilobytes: Unit = (value) => `${(value / 1024).toFixed(1)} KB`;
export const count: Unit = (value) => String(value);

/** `median | min–max | n`, as cells of a table. */
export function cells(values: readonly number[], unit: Unit): string[] {
  const { median, min, max, n } = summarize(values);
  return [unit(median), min === max ? unit(min) : `${unit(min)} – ${unit(max)}`, String(n)];
}

/** How many times the median of `others` is that of `values`: `12.3 ×`. */
export function times(others: readonly number[], values: readonly number[]): string {
  const ratio = summarize(others).median / summarize(values).median;
  return Number.isFinite(ratio) ? `${ratio.toFixed(ratio < 10 ? 1 : 0)} ×` : '–';
}

/** Whether the median stayed below its bound, as a sentence. */
export function bound(what: string, values: readonly number[], limit: number, unit: Unit): string {
  const { median, n } = summarize(values);
  const held = median <= limit;
  return `${held ? 'Held' : '**Not held**'} in this run: ${what} within ${unit(limit)} (${n > 1 ? 'median ' : ''}${unit(median)}).`;
}
