import { lambdaCost, type Architecture } from '../cost/prices.ts';
import { percentile } from '../memory/percentile.ts';
import type { SizeResult } from './tune-function.ts';

/** A memory size, and what an invocation costs and takes with it. */
export interface SizeFigures {
  readonly memoryMb: number;
  /** Median, in milliseconds. */
  readonly ms: number;
  /** Of a million invocations of the median duration, in US dollars. */
  readonly costPerMillion: number;
  readonly usedMb: number;
  readonly runs: number;
}

/** Which size is best, by what counts. */
export interface Choice {
  readonly figures: readonly SizeFigures[];
  readonly cheapest: number;
  readonly fastest: number;
  /** Cost and duration together, each in proportion to the best, with the same weight. (AWS Lambda Power Tuning, "balanced".) */
  readonly balanced: number;
}

/** Compares sizes; of equals the smaller one. */
export function chooseSize(results: readonly SizeResult[], architecture: Architecture): Choice {
  const figures = results
    .filter(({ invocations }) => invocations.length > 0)
    .map(({ memoryMb, invocations }): SizeFigures => {
      const billed = percentile(
        invocations.map(({ billedMs }) => billedMs),
        50,
      );
      return {
        memoryMb,
        ms: percentile(
          invocations.map(({ ms }) => ms),
          50,
        ),
        costPerMillion: lambdaCost({ invocations: 1, ms: billed, memoryMb }, architecture) * 1_000_000,
        usedMb: Math.max(...invocations.map(({ usedMb }) => usedMb)),
        runs: invocations.length,
      };
    })
    .sort((a, b) => a.memoryMb - b.memoryMb);
  const [leastCost, leastMs] = [
    Math.min(...figures.map(({ costPerMillion }) => costPerMillion)),
    Math.min(...figures.map(({ ms }) => ms)),
  ];
  const best = (of: (one: SizeFigures) => number): number =>
    figures.reduce<SizeFigures | undefined>((least, one) => (least && of(least) <= of(one) ? least : one), undefined)
      ?.memoryMb ?? 0;
  return {
    figures,
    cheapest: best(({ costPerMillion }) => costPerMillion),
    fastest: best(({ ms }) => ms),
    balanced: best(({ costPerMillion, ms }) => costPerMillion / leastCost + ms / leastMs),
  };
}
