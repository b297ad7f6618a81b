import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { info } from '../lib/log.ts';
import { endProcessTree, isRunning } from '../lib/process-tree.ts';
import { localEndpoint } from './environment.ts';
import { moveKeptData } from './kept-data.ts';
import { startMiniStack } from './ministack.ts';
import { claimPort } from './ports.ts';
import { answers, type CloudRecord, readRecord, removeRecord, writeRecord } from './record.ts';

export interface CloudOptions {
  /** The repository. */
  readonly root: string;
  /** Where the cloud keeps its record, log and data; `.aviary/local` of the repository when left out. */
  readonly directory?: string;
  /** 0 for any free one. */
  readonly port?: number;
  /** Whether tables, objects and stacks are there again at the next start. */
  readonly keep?: boolean;
  /** More settings of MiniStack; functions see them too. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Stops the cloud when it aborts. */
  readonly signal?: AbortSignal;
}

export interface Cloud {
  readonly port: number;
  readonly endpoint: string;
  /** Resolves when MiniStack has ended: true when it was stopped, false when it died. */
  readonly ended: Promise<boolean>;
  /** Ends MiniStack and every function's process. Can be called again. */
  stop(): Promise<void>;
}

export const defaultPort = 4566;

/** The folder of the repository's own local cloud. */
export function cloudDirectory(root: string): string {
  return join(root, '.aviary', 'local');
}

/** Starts a local cloud. Throws Failure when one runs there, when the port is taken, or when MiniStack does not come up. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const {
    root,
    directory = cloudDirectory(root),
    port = defaultPort,
    keep = false,
    environment = {},
    signal,
  } = options;
  signal?.throwIfAborted();
  mkdirSync(directory, { recursive: true });
  await clearOrphan(directory);
  const id = `aviary-${randomUUID()}`;
  const claimed = await claimPort(port);
  if (keep) moveKeptData(directory, claimed);
  const { child, pid, scratch } = await startMiniStack({ root, directory, port: claimed, id, keep, environment });
  writeRecord(directory, {
    port: claimed,
    pid,
    owner: process.pid,
    id,
    startedAt: new Date().toISOString(),
    scratch,
  });

  let stopping: Promise<void> | undefined;
  const ended = new Promise<boolean>((resolve) => {
    child.once('exit', () => {
      removeRecord(directory, id);
      // What it has started does not outlive it, however it ended.
      void endProcessTree(pid, 0).then(() => {
        rmSync(scratch, { recursive: true, force: true });
        resolve(stopping !== undefined);
      });
    });
  });
  const stop = async (): Promise<void> => {
    // Only a cloud that keeps its data has something to save before it ends.
    stopping ??= endProcessTree(pid, keep ? 15_000 : 0);
    await stopping;
    await ended;
  };
  const stopOnAbort = (): void => void stop();
  signal?.addEventListener('abort', stopOnAbort, { once: true });
  void ended.then(() => signal?.removeEventListener('abort', stopOnAbort));
  if (signal?.aborted === true) {
    await stop();
    signal.throwIfAborted();
  }
  return { port: claimed, endpoint: localEndpoint(claimed), ended, stop };
}

/** The cloud that runs with this folder, or undefined; a record that a dead one has left is removed. */
export async function readCloud(directory: string): Promise<CloudRecord | undefined> {
  const record = readRecord(directory);
  if (record === undefined) return undefined;
  if (isRunning(record.pid) && (await answers(record))) return record;
  if (!isRunning(record.pid)) removeRecord(directory, record.id);
  return undefined;
}

/** Stops a cloud whose owner was killed, and clears away what a killed one has left. One whose owner lives is somebody's. */
async function clearOrphan(directory: string): Promise<void> {
  const left = readRecord(directory);
  if (left === undefined) return;
  const { port, pid, owner, startedAt, scratch, id } = left;
  const runs = (await readCloud(directory)) !== undefined;
  if (runs && isRunning(owner)) {
    throw new Failure(
      `The local cloud runs already, on port ${port} (process ${owner}, since ${startedAt}).`,
      'Use it, or stop it with Ctrl-C in its terminal.',
    );
  }
  // Another program may have got its number meanwhile.
  if (!runs && isRunning(pid)) return;
  info(
    runs
      ? `Stopping the local cloud on port ${port} that an earlier session left behind.`
      : `Clearing away what is left of the local cloud on port ${port}, which was killed.`,
  );
  // Also of one that does not run: its functions' processes are in its group.
  await endProcessTree(pid, runs ? undefined : 0);
  rmSync(scratch, { recursive: true, force: true });
  removeRecord(directory, id);
}
