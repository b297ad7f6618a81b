import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from './scenario.ts';

/** What one run of a scenario found, and where. */
export interface Measurement extends Findings {
  readonly scenario: string;
  readonly machine: string;
  /** ISO 8601. */
  readonly at: string;
  readonly commit: string;
}

/** Keeps the values themselves in `.aviary/bench/`, for whom the medians are not enough. */
export function writeMeasurement(root: string, measurement: Measurement): void {
  const folder = join(root, '.aviary', 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${measurement.scenario}.json`), `${JSON.stringify(measurement, null, 2)}\n`);
}
