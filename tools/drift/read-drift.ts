import { shortRelease } from '../plan/recorded-block.ts';
import { staying } from '../plan/plan.ts';
import { compareStage } from '../stack/compare-stage.ts';
import type { Connection } from '../stack/connection.ts';
import { readLiveVersions, type LiveVersion } from '../stack/read-functions.ts';
import { listResources } from '../stack/read-stack.ts';
import type { RecordedFunction } from '../plan/record.ts';
import { detectStackDrift, type DriftedResource } from './detect-stack-drift.ts';

/** A function that Lambda runs otherwise than the stack says. */
export interface DriftedFunction {
  readonly name: string;
  readonly problem: string;
}

export interface Drift {
  readonly stage: string;
  readonly commit: string;
  /** What Lambda says of each `live`, by CodeSha256 and release, against the record. */
  readonly functions: readonly DriftedFunction[];
  /** What CloudFormation finds changed behind its back; null where it was not asked. */
  readonly resources: readonly DriftedResource[] | null;
  /** What CloudFormation could not look at. */
  readonly unseen: readonly string[];
  /** What the tree asks for and the stage does not run: no drift, but the next deploy. */
  readonly behind: readonly string[];
}

export interface DriftOptions {
  /** Have CloudFormation look at every resource; it takes a minute or more. */
  readonly cloudFormation: boolean;
}

/** Looks for differences between what runs, what the stack says, and what the tree asks for. */
export async function readDrift(connection: Connection, { cloudFormation }: DriftOptions): Promise<Drift> {
  const { plan, stack } = await compareStage(connection);
  const recorded = [...(stack?.record?.functions.values() ?? [])];
  const resources = stack ? await listResources(connection, stack.record) : [];
  const live = await readLiveVersions(connection, resources);
  const found = stack && cloudFormation ? await detectStackDrift(connection, resources) : undefined;
  return {
    stage: plan.stage,
    commit: plan.commit,
    functions: recorded.flatMap((it) => judge(it, live.get(it.logicalId))),
    resources: found?.drifted ?? null,
    unseen: found?.unseen ?? [],
    behind: plan.items.filter(({ change }) => !staying.includes(change)).map(({ name }) => name),
  };
}

/** Holds what Lambda says of a function against its record. */
export function judge(recorded: RecordedFunction, live: LiveVersion | undefined): DriftedFunction[] {
  const { name, release, package: hash } = recorded;
  if (!live) return [{ name, problem: 'Lambda has no alias live of it' }];
  const short = release.slice(0, shortRelease);
  if (live.release !== short) {
    return [{ name, problem: `live runs ${live.release ?? 'a version of no release'}, the stack says ${short}` }];
  }
  // A package that plain SAM zipped has no hash in the record.
  if (hash === undefined || live.codeSha256 === Buffer.from(hash, 'hex').toString('base64')) return [];
  return [{ name, problem: `live has the code ${live.codeSha256}, the stack says ${hash}` }];
}

/** True where something runs that the stack does not say. */
export function hasDrifted({ functions, resources }: Drift): boolean {
  return functions.length > 0 || (resources?.length ?? 0) > 0;
}
