import type { Bench } from './bench.ts';

/** What a scenario has found. */
export interface Findings {
  /** What was measured to its values, in the order in which they were taken: milliseconds, bytes or counts. */
  readonly samples: Readonly<Record<string, readonly number[]>>;
  /** What is no number. */
  readonly facts: Readonly<Record<string, string>>;
}

/** One part of the benchmark. */
export interface Scenario {
  /** As on the command line. */
  readonly name: string;
  readonly title: string;
  /** Whether it is measured only where it is named, since it takes so long. */
  readonly isLong?: boolean;
  /** @throws Failure where something that is measured did not work: there is no figure then */
  readonly measure: (bench: Bench) => Promise<Findings>;
  /** The section of docs/benchmarks.md, below its title. */
  readonly describe: (findings: Findings) => string;
}

/** Gathers values by name. */
export class Samples {
  readonly #all = new Map<string, number[]>();

  add(name: string, value: number): void {
    const values = this.#all.get(name) ?? [];
    values.push(value);
    this.#all.set(name, values);
  }

  get all(): Record<string, readonly number[]> {
    return Object.fromEntries(this.#all);
  }
}
