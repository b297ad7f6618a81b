import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Failure } from '../lib/failure.ts';
import type { LoadedFile, Loads } from './measure-load.ts';

/** Path from the root. */
export const budgetsFile = 'tools/coldstart/budgets.json';

/** What a function may load when it starts. */
export interface Budget {
  /** Bytes of its package. */
  readonly package: number;
  /** Bytes of all files that it loads, its package and those of the layers. */
  readonly loaded: number;
  readonly files: number;
}

export interface Budgets {
  /** For a function that has none of its own, as one that was just made. */
  readonly default: Budget;
  readonly functions: Readonly<Record<string, Budget>>;
}

const kinds = ['package', 'loaded', 'files'] as const;
/** A budget of more than so many times what is loaded would let too much slip in. */
const mostAir = 1.2;
/** What a budget is when it is written anew: room for small changes. */
const freshAir = 1.1;

const budget = z.strictObject({ package: z.int(), loaded: z.int(), files: z.int() });
const schema = z.strictObject({ default: budget, functions: z.record(z.string(), budget) });

/** @throws Failure for a file that cannot be read, or that is none of budgets */
export function readBudgets(root: string): Budgets {
  try {
    return schema.parse(JSON.parse(readFileSync(join(root, budgetsFile), 'utf8')));
  } catch (cause) {
    const next = 'Take it from git again, then run npm run aviary -- budget --update.';
    throw new Failure(`${budgetsFile} cannot be read as budgets.`, next, { cause });
  }
}

/** What a function loads, in the terms of a budget. */
export function totalOf(files: readonly LoadedFile[]): Budget {
  const bytes = (of: readonly LoadedFile[]): number => of.reduce((sum, file) => sum + file.bytes, 0);
  return {
    package: bytes(files.filter(({ path }) => path === 'handler.js')),
    loaded: bytes(files),
    files: files.length,
  };
}

/** What is not in order: a sentence each, with the next step. */
export function judgeLoads(loads: Loads, budgets: Budgets): string[] {
  const named = [...loads].flatMap(([name, files]) => {
    const own = budgets.functions[name];
    const [limit, actual] = [own ?? budgets.default, totalOf(files)];
    return kinds.flatMap((kind) => {
      if (actual[kind] > limit[kind]) return [above(name, kind, actual, limit, files)];
      return own !== undefined && isAiry(limit[kind], actual[kind]) ? [airy(name, kind, actual, limit)] : [];
    });
  });
  const gone = Object.keys(budgets.functions).filter((name) => !loads.has(name));
  return [
    ...named,
    ...gone.map(
      (name) => `${name} has a budget in ${budgetsFile} and is no function. Run npm run aviary -- budget --update.`,
    ),
  ];
}

/** Budgets that fit what is loaded now, with room for small changes. */
export function budgetsFor(loads: Loads, { default: otherwise }: Budgets): Budgets {
  const fit = (value: number): number => Math.floor(value * freshAir);
  const functions = [...loads].map(([name, files]): [string, Budget] => {
    const { package: own, loaded, files: count } = totalOf(files);
    return [name, { package: fit(own), loaded: fit(loaded), files: fit(count) }];
  });
  return { default: otherwise, functions: Object.fromEntries(functions) };
}

/** Budgets without those of functions that are gone, and anew for those that are far above what is loaded now. */
export function tightenBudgets(loads: Loads, budgets: Budgets): Budgets {
  const fresh = budgetsFor(loads, budgets).functions;
  const functions = Object.entries(budgets.functions).flatMap(([name, own]): [string, Budget][] => {
    const [files, fit] = [loads.get(name), fresh[name]];
    if (files === undefined || fit === undefined) return [];
    const actual = totalOf(files);
    return [[name, kinds.some((kind) => isAiry(own[kind], actual[kind])) ? fit : own]];
  });
  return { default: budgets.default, functions: Object.fromEntries(functions) };
}

const isAiry = (limit: number, actual: number): boolean => limit > actual * mostAir;

type Kind = (typeof kinds)[number];

function above(name: string, kind: Kind, actual: Budget, limit: Budget, files: readonly LoadedFile[]): string {
  const largest = files.toSorted((a, b) => b.bytes - a.bytes).slice(0, 4);
  const listed = largest.map(({ path, bytes }) => `${path} ${inUnit('loaded', bytes)}`).join(', ');
  return (
    `${name} ${phrase(kind, actual[kind])} at its start, above its budget of ${inUnit(kind, limit[kind])}; the largest are ${listed}. ` +
    'Load what is seldom needed when it is needed, or raise the budget: npm run aviary -- budget --update.'
  );
}

function airy(name: string, kind: Kind, actual: Budget, limit: Budget): string {
  return `${name} ${phrase(kind, actual[kind])} at its start, far below its budget of ${inUnit(kind, limit[kind])}. Lower it: npm run aviary -- budget --update.`;
}

function phrase(kind: Kind, value: number): string {
  return kind === 'package' ? `loads a package of ${inUnit(kind, value)}` : `loads ${inUnit(kind, value)}`;
}

/** `12,345 bytes` or `67 files`. */
export function inUnit(kind: Kind, value: number): string {
  return `${value.toLocaleString('en-US')} ${kind === 'files' ? 'files' : 'bytes'}`;
}
