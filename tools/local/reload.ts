import { Failure } from '../lib/failure.ts';
import { fail, info } from '../lib/log.ts';
import { makePlan } from '../plan/plan.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import type { Connection } from '../stack/connection.ts';
import { deployStage, type DeployOptions } from '../stack/deploy-stage.ts';
import { openStageLock } from '../stack/stage-lock.ts';
import { readBase, stackChangedAt, type Base } from '../swap/base.ts';
import { swapStage, tidySwaps, type Swapped } from '../swap/swap-stage.ts';
import { isSwappable } from '../swap/swappable.ts';
import { readTree, rereadTree, type Reread } from '../tree/read-tree.ts';
import type { Tree } from '../tree/tree.ts';

export interface ReloadOptions extends Omit<DeployOptions, 'step'> {
  /** Called with what runs next, before it does. */
  readonly beforeRun?: ((tree: Tree) => Promise<void>) | undefined;
  /** Told afterwards of each save: `stage` where it runs, `tree` where that was refused. */
  readonly onChange?: (what: 'tree' | 'stage') => void;
}

/** What was saved: in words, since when, in milliseconds, and as it was read again. */
interface Saving {
  readonly saved: string;
  readonly started: number;
  readonly read: Reread | undefined;
}

/** How long nothing is saved before what swaps have left is cleared away. */
const quietMs = 1_000;

/**
 * Makes what is given saved paths, one call after the other; while these are settling it makes itself ready. It swaps the
 * code of functions where nothing else differs from the stack, and deploys otherwise. It says what it did and how long it
 * took, from the moment on at which it has the paths. What does not compile or is refused is said, and what ran before runs
 * on.
 */
export async function makeReload(
  connection: Connection,
  options: ReloadOptions,
): Promise<(paths: Promise<readonly string[]>) => Promise<void>> {
  const { root, stage } = connection;
  /** Saved, and in nothing that was built since: a build that failed leaves its paths to the next one. */
  const unbuilt = new Set<string>();
  let [base, withLock] = await Promise.all([baseNow(connection), openStageLock(connection)]);
  let tidying: NodeJS.Timeout | undefined;
  /** Until then this process has the lock of the stage. */
  let tidied = Promise.resolve();

  /** @returns false where a deploy is needed */
  async function swap(saving: Promise<Saving>): Promise<boolean> {
    const [changedAt, { saved, started, read }] = await Promise.all([stackChangedAt(connection), saving]);
    // Another terminal may have deployed.
    if (base?.changedAt !== changedAt) base = await readBase(connection);
    else base.tree = read?.tree ?? (await readTree(root, stage));
    for (const [logicalId, contents] of read?.packages ?? []) base.packages.set(logicalId, contents);
    const plan = makePlan(base.tree, base.record);
    if (!isSwappable(plan, base.tree)) return false;
    await options.beforeRun?.(base.tree);
    const planned = performance.now();
    const swapped = await swapStage(base, plan, root);
    sayWhatRuns(saved, swapped, { bundle: planned - started, swap: performance.now() - planned });
    return true;
  }

  async function tidy(): Promise<void> {
    if (base) await tidySwaps(base);
  }

  /** Not at once: the cloud is to start the new code, and not to be busy with the old. */
  function tidyLater(): void {
    tidying = setTimeout(() => {
      tidied = withLock(tidy).catch(ignoreFailure);
    }, quietMs).unref();
  }

  /** Reads again what was saved. It waits for no lock, which is taken beside it. */
  async function read(paths: readonly string[]): Promise<Saving> {
    const started = performance.now();
    for (const path of paths) unbuilt.add(path);
    const saved = paths.length === 1 ? (paths[0] ?? '') : `${paths.length} files`;
    return { saved, started, read: base && (await rereadTree(base.tree, [...unbuilt], root)) };
  }

  return async (paths) => {
    clearTimeout(tidying);
    let changed: 'tree' | 'stage' = 'tree';
    try {
      const saving = paths.then(read);
      // Where it fails, the swap does.
      saving.catch(() => undefined);
      await tidied;
      if (!(await withLock(() => swap(saving)))) {
        await deploy(connection, options, (await saving).saved);
        [base, withLock] = await Promise.all([baseNow(connection), openStageLock(connection)]);
      }
      unbuilt.clear();
      changed = 'stage';
      if ((base?.untidy.size ?? 0) > 0) tidyLater();
    } catch (error) {
      if (options.signal?.aborted === true) return;
      if (!(error instanceof Failure)) throw error;
      fail(`${error.problem}\nWhat ran before runs on. ${error.next}`);
    } finally {
      options.onChange?.(changed);
    }
  };
}

/** Undefined where the tree cannot be read at the moment; then the next save says why. */
async function baseNow(connection: Connection): Promise<Base | undefined> {
  try {
    return await readBase(connection);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** The next deploy settles what was not tidied, as where the cloud has ended meanwhile. */
function ignoreFailure(error: unknown): void {
  if (!(error instanceof Failure)) throw error;
}

function sayWhatRuns(saved: string, swapped: readonly Swapped[], took: { bundle: number; swap: number }): void {
  const [bundle, swap] = [Math.round(took.bundle), Math.round(took.swap)];
  const names = swapped.map(({ name, release }) => `${name} ${release.slice(0, shortRelease)}`).join(', ');
  info(
    swapped.length === 0
      ? `${saved}: nothing to deploy (${bundle} ms)`
      : `${saved}: swapped ${names} in ${bundle + swap} ms (bundle ${bundle} ms, swap ${swap} ms)`,
  );
}

async function deploy(connection: Connection, options: ReloadOptions, saved: string): Promise<void> {
  const started = performance.now();
  await options.beforeRun?.(await readTree(connection.root, connection.stage));
  const { deployed, functions, took, health } = await deployStage(connection, {
    ...options,
    step: (_title, work) => work(),
  });
  const total = seconds(performance.now() - started);
  if (!deployed) {
    info(`${saved}: nothing to deploy (${total})`);
    return;
  }
  const names = functions.map(({ name, release }) => `${name} ${release.slice(0, shortRelease)}`);
  const parts = `plan ${seconds(took.plan)}, build ${seconds(took.build)}, deploy ${seconds(took.deploy)}, check ${seconds(took.check)}`;
  info(`${saved}: deployed ${names.join(', ') || 'resources'} in ${total} (${parts})`);
  if (health?.ok === false) fail(`${health.url} is not well: ${health.problem ?? ''}`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
