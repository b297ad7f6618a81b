/** Numbers by name, each of them whole. */
export type Numbers = Readonly<Record<string, number>>;

/** What one thing adds to the numbers of a window; `onceId` tells it from every other thing of the series. */
export interface Contribution {
  readonly onceId: string;
  /** The start of its window, as `windowOf` writes it. */
  readonly window: string;
  readonly numbers: Numbers;
}

/** A window and its numbers; one without a number in it does not exist. */
export interface Tally {
  readonly window: string;
  readonly numbers: Numbers;
}

/**
 * The numbers of a series of windows. A thing counts once, whoever adds it, in whatever order, however often: for as
 * long as what counted is remembered ({@link tallyTimes}). Any operation may throw an UnavailableError; what was asked
 * for is then done in part, and can be asked for again.
 */
export interface Tallies {
  /**
   * Adds what did not count before, and returns the ids of that.
   * @param part a name for who adds, such as a shard: each part has a row of its own, so that they do not wait for each other
   */
  readonly add: (part: string, contributions: readonly Contribution[]) => Promise<ReadonlySet<string>>;
  /** Which of these ids counted before. */
  readonly counted: (onceIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** The windows that start in `from ≤ start < to`, in order, all parts together. */
  readonly read: (from: string, to: string) => Promise<readonly Tally[]>;
}

/** How long, in seconds: the numbers are kept, and what counted is remembered (a stream keeps its records for a day). */
export const tallyTimes = { numbers: 400 * 86_400, counted: 8 * 86_400 };

/** Adds numbers to numbers. */
export function sum(one: Numbers, other: Numbers): Numbers {
  const result: Record<string, number> = { ...one };
  for (const [name, value] of Object.entries(other)) result[name] = (result[name] ?? 0) + value;
  return result;
}

/** Leaves out what has an id that came before. */
export function distinct(contributions: readonly Contribution[]): Contribution[] {
  const byId = new Map<string, Contribution>();
  for (const it of contributions) if (!byId.has(it.onceId)) byId.set(it.onceId, it);
  return [...byId.values()];
}
