import { warn } from '../lib/log.ts';
import { holdLock, type HeldLock } from '../lock/held-lock.ts';
import { openLock, type StoredLock } from '../lock/lock-store.ts';
import { thisRun } from '../lock/run.ts';
import { takeLock, type WaitOptions } from '../lock/take-lock.ts';
import { artifactBucket } from './artifact-bucket.ts';
import type { Connection } from './connection.ts';

/** Milliseconds between two looks at a lock of an account; on this machine a look costs nothing. */
const accountPause = 5_000;
const localPause = 100;

/** A first deploy makes the bucket. Until then CloudFormation alone lets one run make the stack. */
const unlocked: HeldLock = { confirm: () => Promise.resolve() };

/** Runs work while this run has the lock of a stage. @throws Failure where another run has it and is not waited for */
export type WithLock = <T>(work: (lock: HeldLock) => Promise<T>, options?: WaitOptions) => Promise<T>;

/**
 * One change of a stage after the other, from whatever machine: of two that compose from the same record, the second
 * would put back what the first has moved. The lock is an object in the stage's artifact bucket.
 * @throws as {@link WithLock}
 */
export async function withStageLock<T>(
  connection: Connection,
  work: (lock: HeldLock) => Promise<T>,
  options: WaitOptions = {},
): Promise<T> {
  const withLock = await openStageLock(connection);
  return await withLock(work, options);
}

/** As {@link withStageLock}, to be taken again and again while the stage has the same bucket. */
export async function openStageLock(connection: Connection): Promise<WithLock> {
  const bucket = await artifactBucket(connection);
  if (bucket === undefined) return async (work) => await work(unlocked);
  const store = await openLock(connection, bucket);
  return async (work, options = {}) => {
    const run = thisRun();
    const written = await takeLock(store, run, {
      ...options,
      stackName: connection.stage.stackName,
      pause: connection.endpoint === undefined ? accountPause : localPause,
      say: warn,
    });
    return await holdLock(store, run, written, work);
  };
}

/** The lock of the stage as it is, which is left to the run that has it; undefined where nobody does. */
export async function peekStageLock(connection: Connection): Promise<StoredLock | undefined> {
  const bucket = await artifactBucket(connection);
  return bucket === undefined ? undefined : await (await openLock(connection, bucket)).read();
}
