import { Failure } from '../lib/failure.ts';
import type { Override } from '../plan/despite-alarm.ts';
import type { RecordedFunction } from '../plan/record.ts';
import { asking, type Connection } from '../stack/connection.ts';
import { readStack } from '../stack/read-stack.ts';
import { deployedRecords } from './find-earlier.ts';
import { runningFunction } from './running-function.ts';

/** A release that ran. */
export interface Past {
  readonly release: string;
  readonly commit: string;
  /** sha256 of its package; null where plain SAM zipped it. */
  readonly package: string | null;
  /** Whether its template is still in the artifact bucket, so that it can be gone back to. */
  readonly kept: boolean;
  /** The release that was taken back for it; null for a deploy. */
  readonly rolledBackFrom: string | null;
  /** The alarm in spite of which it was deployed; null where there was none. */
  readonly despite: Override | null;
}

/** Steps back at most; a loop would need two releases that are each other's predecessors. */
const longest = 1000;

/**
 * What a function has run, the newest first. Each record names the release before it, and CloudFormation keeps only
 * records of what ran; so a failed deploy is not in here.
 * @throws Failure for an unknown name
 */
export async function readHistory(connection: Connection, name: string): Promise<Past[]> {
  const record = (await readStack(connection))?.record;
  if (!record) throw new Failure(`No function ${name} runs in ${connection.stage.name}.`, 'Nothing is deployed there.');
  const running = runningFunction(record, name);
  const kept = new Map<string, RecordedFunction>();
  const collect = async (): Promise<void> => {
    for await (const { functions } of deployedRecords(connection, record)) {
      const then = functions.get(running.logicalId);
      if (then && !kept.has(then.release)) kept.set(then.release, then);
    }
  };
  await asking(connection, collect());
  return chain(running, kept);
}

/** Follows `previous` from what runs. */
export function chain(running: RecordedFunction, kept: ReadonlyMap<string, RecordedFunction>): Past[] {
  const pasts: Past[] = [];
  const seen = new Set<string>();
  let next: string | undefined = running.release;
  while (next !== undefined && !seen.has(next) && pasts.length < longest) {
    seen.add(next);
    const then: RecordedFunction | undefined = next === running.release ? running : kept.get(next);
    pasts.push({
      release: next,
      commit: then?.commit ?? 'unknown',
      package: then?.package ?? null,
      kept: kept.has(next),
      rolledBackFrom: then?.rolledBackFrom ?? null,
      despite: then?.despite ?? null,
    });
    next = then?.previous;
  }
  return pasts;
}
