import { join } from 'node:path';
import { packBuild } from '../package/pack-build.ts';
import type { HeldLock } from '../lock/held-lock.ts';
import type { WaitOptions } from '../lock/take-lock.ts';
import type { Plan } from '../plan/plan.ts';
import { keepSourceMaps } from '../source-maps/keep-source-maps.ts';
import { splitBuild } from '../stacks/split-build.ts';
import { settleSwaps } from '../swap/settle-swaps.ts';
import { checkHealth, type HealthCheck } from './check-health.ts';
import { compareStage, type DeployRequest } from './compare-stage.ts';
import { composeStage, type ComposedStage } from './compose-stage.ts';
import type { Connection } from './connection.ts';
import { readLiveVersions, type LiveVersion } from './read-functions.ts';
import { listResources, readOutputs } from './read-stack.ts';
import { runSam, withSam, type LoadedSamOptions, type RunSamOptions } from './run-sam.ts';
import { withStageLock } from './stage-lock.ts';

export interface DeployOptions extends DeployRequest, RunSamOptions, WaitOptions {
  /** Wraps each step, to show its progress. */
  readonly step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

export interface DeployResult {
  readonly plan: Plan;
  /** False where there was nothing to deploy. */
  readonly deployed: boolean;
  readonly functions: readonly {
    readonly name: string;
    readonly release: string;
    readonly version: string | undefined;
  }[];
  /** S3 keys that were written: packages, layers, and the templates. */
  readonly uploads: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly health: HealthCheck | undefined;
  /** Milliseconds of each part. */
  readonly took: { readonly plan: number; readonly build: number; readonly deploy: number; readonly check: number };
}

/**
 * Plan, compose, `sam build`, `sam deploy`, health check; one deploy of a stage after the other, whoever asks for them.
 * @throws Failure where any of it cannot be done; what was not deployed is in the next plan
 */
export async function deployStage(connection: Connection, options: DeployOptions): Promise<DeployResult> {
  return await withStageLock(
    connection,
    (lock) => withSam(connection, options, (loaded) => deployNow(connection, lock, loaded)),
    options,
  );
}

async function deployNow(
  connection: Connection,
  lock: HeldLock,
  options: DeployOptions & LoadedSamOptions,
): Promise<DeployResult> {
  const { root, stage } = connection;
  const { step } = options;
  const clock = stopwatch();
  const comparison = await step(`Comparing the tree with ${stage.stackName}`, () => compareStage(connection, options));
  const { plan, stack } = comparison;
  await settleSwaps(connection, comparison);
  const composed = await composeStage(connection, comparison, options);
  const planned = clock();
  if (!composed) {
    const took = { plan: planned, build: 0, deploy: 0, check: 0 };
    return {
      plan,
      deployed: false,
      functions: [],
      uploads: [],
      outputs: stack?.outputs ?? {},
      health: undefined,
      took,
    };
  }
  const { files, moving } = composed;
  await step(`sam ${files.build.join(' ')}`, async () => {
    await runSam(connection, files.build, options);
    packBuild(join(root, files.buildFolder), join(root, files.packageFolder), comparison.tree.functions);
    splitBuild(root, files);
  });
  // Before traffic moves: what fails in a canary is to be read, too.
  await step('Keeping source maps', () => keepSourceMaps(connection, comparison));
  const built = clock();
  await lock.confirm();
  const uploads = await step(`sam ${files.deploy.join(' ')}`, () => runSam(connection, files.deploy, options));
  const shipped = clock();
  const outputs = await readOutputs(connection);
  const versions = await liveVersions(connection, composed);
  const health = await step('Asking for its health', () => checkHealth(connection, outputs, options.signal));
  return {
    plan,
    deployed: true,
    functions: moving.map(({ name, logicalId, release }) => ({
      name,
      release,
      version: versions.get(logicalId)?.version,
    })),
    uploads,
    outputs,
    health,
    took: { plan: planned, build: built - planned, deploy: shipped - built, check: clock() - shipped },
  };
}

/** The versions that moved, by the functions' logical ids. */
async function liveVersions(
  connection: Connection,
  { template, moving }: ComposedStage,
): Promise<Map<string, LiveVersion>> {
  if (moving.length === 0) return new Map();
  const ids = moving.map(({ logicalId }) => logicalId);
  return await readLiveVersions(connection, await listResources(connection, { template }, ids), (id) =>
    ids.includes(id),
  );
}

function stopwatch(): () => number {
  const started = performance.now();
  return () => Math.round(performance.now() - started);
}
