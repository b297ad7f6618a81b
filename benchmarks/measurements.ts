import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isList, isObject, objectAt, parseJson, stringAt, stringsOf, type Json } from '../tools/lib/json.ts';
import type { Findings } from './scenario.ts';

/** Version of the files' form; another one is measured anew. */
const form = 1;

/** What one run of a scenario found, and where. */
export interface Measurement extends Findings {
  readonly scenario: string;
  readonly machine: string;
  /** ISO 8601. */
  readonly at: string;
  readonly commit: string;
}

export function writeMeasurement(root: string, measurement: Measurement): void {
  const file = measurementFile(root, measurement.scenario);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ form, ...measurement }, null, 2)}\n`);
}

/** The last measurement of a scenario; undefined where there is none. */
export function readMeasurement(root: string, scenario: string): Measurement | undefined {
  const file = measurementFile(root, scenario);
  if (!existsSync(file)) return undefined;
  const value = parseJson(readFileSync(file, 'utf8'));
  const [machine, at, commit] = ['machine', 'at', 'commit'].map((key) => stringAt(value, key));
  if (!isObject(value) || value['form'] !== form) return undefined;
  if (machine === undefined || at === undefined || commit === undefined) return undefined;
  const samples = Object.entries(objectAt(value, 'samples')).map(
    ([name, values]) => [name, numbersOf(values)] as const,
  );
  return {
    scenario,
    machine,
    at,
    commit,
    samples: Object.fromEntries(samples),
    facts: stringsOf(value['facts']),
  };
}

function numbersOf(values: Json): number[] {
  return isList(values) ? values.filter(isNumber) : [];
}

function measurementFile(root: string, scenario: string): string {
  return join(root, '.aviary', 'bench', `${scenario}.json`);
}

function isNumber(value: Json): value is number {
  return typeof value === 'number';
}
