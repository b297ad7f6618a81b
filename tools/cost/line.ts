/** One position of an estimate. */
export interface CostLine {
  /** The resource, as in {@link StageResource}. */
  readonly where: string;
  /** What is paid for: `128,000 requests`. */
  readonly what: string;
  /** US dollars a month. */
  readonly cost: number;
  /** Paid without any use, by what was measured, or by what is assumed. */
  readonly basis: 'at rest' | 'measured' | 'assumed';
}

/** The sum of lines, in US dollars a month. */
export const sumOf = (lines: readonly CostLine[]): number => lines.reduce((sum, { cost }) => sum + cost, 0);
