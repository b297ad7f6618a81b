import { checkHealth, type HealthCheck } from '../stack/check-health.ts';
import type { Connection } from '../stack/connection.ts';
import { assertDeployable, listResources, readOutputs, readStack } from '../stack/read-stack.ts';
import { deployTemplate } from '../stack/deploy-template.ts';
import type { RunSamOptions } from '../stack/run-sam.ts';
import { withStageLock } from '../stack/stage-lock.ts';
import { Failure } from '../lib/failure.ts';
import type { HeldLock } from '../lock/held-lock.ts';
import type { WaitOptions } from '../lock/take-lock.ts';
import { chooseTargets, type RollbackRequest } from './choose-targets.ts';
import { composeRollback, targetsOf, type Target } from './compose-rollback.ts';
import { findEarlier } from './find-earlier.ts';
import { findVersions, moveAlias } from './find-versions.ts';

export interface RollbackOptions extends RunSamOptions, WaitOptions {
  readonly step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

export interface RollbackResult {
  readonly stage: string;
  readonly functions: readonly {
    readonly name: string;
    /** The release that was taken back. */
    readonly from: string;
    /** The release that runs now. */
    readonly to: string;
    /** Number of the version to which the alias was moved at once; null where Lambda had it no more. */
    readonly version: string | null;
  }[];
  readonly health: HealthCheck | undefined;
}

/**
 * Takes functions back to an earlier release: the alias first, which takes a second, then a deploy with the block that
 * the function had, so that the stack says what runs.
 * @throws Failure where there is no such release, or the stack cannot be updated now; what was done by then is said
 */
export async function rollBack(
  connection: Connection,
  request: RollbackRequest,
  options: RollbackOptions,
): Promise<RollbackResult> {
  return await withStageLock(connection, (lock) => rollBackNow(connection, lock, request, options), options);
}

async function rollBackNow(
  connection: Connection,
  lock: HeldLock,
  request: RollbackRequest,
  options: RollbackOptions,
): Promise<RollbackResult> {
  const { stage } = connection;
  const { step } = options;
  const stack = await readStack(connection);
  const record = stack?.record;
  if (!record) throw new Failure(`Nothing runs in ${stage.name}.`, `Deploy: npm run deploy -- --stage ${stage.name}.`);
  const { targets, versions } = await step('Looking for the earlier release', async () => {
    const wishes = chooseTargets(record, request);
    const earlier = await findEarlier(connection, record, wishes);
    const found = await findVersions(connection, await listResources(connection, record), earlier);
    return { targets: targetsOf(wishes, earlier, found), versions: found };
  });
  await lock.confirm();
  for (const { running } of targets) {
    const found = versions.get(running.logicalId);
    if (!found) continue;
    await step(`Moving live of ${running.name} to version ${found.version}`, () => moveAlias(connection, found));
  }
  assertDeployable(stack, stage.stackName, stage.name);
  await step('Having the stack say so', () =>
    deployTemplate(connection, lock, record, composeRollback(record, targets), options),
  );
  const outputs = await readOutputs(connection);
  const health = await step('Asking for its health', () => checkHealth(connection, outputs, options.signal));
  return { stage: stage.name, functions: targets.map(describe), health };
}

function describe({ running, earlier, version }: Target): RollbackResult['functions'][number] {
  return { name: running.name, from: running.release, to: earlier.release, version: version ?? null };
}
