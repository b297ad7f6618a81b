import { randomUUID } from 'node:crypto';
import { isObject, parseJson, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { personHere, processSpace } from '../lib/machine.ts';
import { isRunning } from '../lib/process-tree.ts';

/** A run that changes a stage, as its lock names it. */
export interface Run {
  readonly id: string;
  /** `ann@laptop`, or the address of the run on GitHub. */
  readonly who: string;
  /** Such as `deploy`. */
  readonly command: string;
  /** ISO 8601, by the run's own clock: it is shown, and compared with nothing. */
  readonly since: string;
  /** Seconds. A run that has not renewed its lock for so long is dead. */
  readonly lease: number;
  /** What its process id belongs to; undefined where that cannot be told. */
  readonly processSpace: string | undefined;
  readonly pid: number;
}

/**
 * Seconds. A lock is renewed every quarter of it, so that it outlives a few calls that fail; what follows a run that
 * was killed on another machine waits for so long at most.
 */
export const leaseSeconds = 60;

/** This process, as one that runs a command. */
export function thisRun(env: NodeJS.ProcessEnv = process.env, argv: readonly string[] = process.argv): Run {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return {
    id: randomUUID(),
    who: server && repository && run ? `${server}/${repository}/actions/runs/${run}` : personHere(),
    command: argv[2] ?? 'run',
    since: new Date().toISOString(),
    lease: leaseSeconds,
    processSpace: processSpace(),
    pid: process.pid,
  };
}

/** A run out of the text of a lock. What is no lock of Aviary is a run of somebody, with the usual lease. */
export function readRun(text: string): Run {
  const json = parsed(text);
  return {
    id: stringAt(json, 'id') ?? '',
    who: stringAt(json, 'who') ?? 'somebody',
    command: stringAt(json, 'command') ?? 'run',
    since: stringAt(json, 'since') ?? '',
    lease: numberAt(json, 'lease') ?? leaseSeconds,
    processSpace: stringAt(json, 'processSpace'),
    pid: numberAt(json, 'pid') ?? 0,
  };
}

/**
 * True for a run that will not go on: its process is gone from this machine, or its lease has run out.
 * @param age seconds since it renewed its lock, by the one clock of S3
 */
export function isDead(run: Run, age: number, here: string | undefined = processSpace()): boolean {
  return (run.processSpace !== undefined && run.processSpace === here && !isRunning(run.pid)) || age > run.lease;
}

/** `the deploy of ann@laptop, begun 14:02 UTC`. */
export function describeRun({ command, who, since }: Run): string {
  return `the ${command} of ${who}${since === '' ? '' : `, begun ${since.slice(11, 16)} UTC`}`;
}

function parsed(text: string): JsonObject {
  try {
    const json = parseJson(text);
    return isObject(json) ? json : {};
  } catch {
    return {};
  }
}

function numberAt(json: JsonObject, key: string): number | undefined {
  const value: Json | undefined = json[key];
  return typeof value === 'number' ? value : undefined;
}
