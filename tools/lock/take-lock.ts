import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.ts';
import { ownEtag } from './held-lock.ts';
import type { LockStore } from './lock-store.ts';
import { describeRun, isDead, type Run } from './run.ts';

export interface WaitOptions {
  /** False to fail at once where another run has the lock. */
  readonly wait?: boolean | undefined;
  readonly signal?: AbortSignal;
}

export interface TakeLockOptions extends WaitOptions {
  readonly stackName: string;
  /** Milliseconds between two looks. */
  readonly pause: number;
  /** Gets a sentence: of a run that is waited for, and of a dead one whose lock is taken. */
  readonly say: (sentence: string) => void;
  /** Milliseconds that it waits for at most. */
  readonly patience?: number;
}

/** A deploy of several canaries of half an hour each ends within it. */
const usualPatience = 3 * 3_600_000;

/**
 * Takes a lock, waiting for the run that has it, or at once where that run is dead.
 * @returns the etag of what was written
 * @throws Failure where it is not to wait, and where it has waited for too long
 */
export async function takeLock(store: LockStore, run: Run, options: TakeLockOptions): Promise<string> {
  const { stackName, pause, say, signal, wait = true, patience = usualPatience } = options;
  const until = performance.now() + patience;
  for (let told = ''; ;) {
    const etag = (await store.write(run, undefined)) ?? (await ownEtag(store, run));
    if (etag !== undefined) return etag;
    const seen = await store.read();
    if (!seen) continue;
    if (isDead(seen.run, seen.age)) {
      const taken = (await store.write(run, seen.etag)) ?? (await ownEtag(store, run));
      if (taken === undefined) continue;
      say(`On ${stackName}, ${describeRun(seen.run)}, stopped without an end; its lock is taken over.`);
      return taken;
    }
    const busy = `${stackName} is being changed by ${describeRun(seen.run)}`;
    if (!wait) throw new Failure(`${busy}.`, 'Try again when it is done, or leave out --no-wait.', { exitCode: 1 });
    if (performance.now() > until) {
      throw new Failure(`${busy}, for too long to wait for.`, 'See what it is doing, end it, and try again.');
    }
    if (told !== seen.run.id) say(`${busy}; waiting for it …`);
    told = seen.run.id;
    await sleep(pause, undefined, signal ? { signal } : {});
  }
}
