import { Failure } from '../lib/failure.ts';
import type { LockStore } from './lock-store.ts';
import { describeRun, type Run } from './run.ts';

/** A lock that this run has. */
export interface HeldLock {
  /**
   * Renews it; to be asked before each step that changes something.
   * @throws Failure where another run has taken it, as after this machine slept
   */
  confirm(): Promise<void>;
}

/** Runs `work` with a lock that was just written, renewing it all the while; then lets it go, however the work ends. */
export async function holdLock<T>(
  store: LockStore,
  run: Run,
  written: string,
  work: (lock: HeldLock) => Promise<T>,
): Promise<T> {
  // Undefined from when it is lost.
  let etag: string | undefined = written;
  const renewNow = async (): Promise<string | undefined> => {
    if (etag !== undefined) etag = (await store.write(run, etag)) ?? (await ownEtag(store, run));
    return etag;
  };
  // One after the other: of two at once, the second would find the first one's write in its way.
  let last: Promise<unknown> = Promise.resolve();
  const renew = (): Promise<string | undefined> => {
    const next = last.then(renewNow);
    last = next.catch(() => undefined);
    return next;
  };
  const letGo = async (): Promise<void> => {
    // Where it cannot be removed its lease runs out; what the work has come to counts more.
    if (etag !== undefined) await store.remove(etag).catch(() => undefined);
  };
  const beat = setInterval(() => {
    // The next beat tries again, and who changes something next hears of it.
    renew().catch(() => undefined);
  }, run.lease * 250);
  try {
    return await work({
      confirm: async () => {
        if ((await renew()) === undefined) throw await lost(store);
      },
    });
  } finally {
    clearInterval(beat);
    await last;
    await letGo();
  }
}

/** The etag of a lock that is this run's all the same: the answer to a write was lost, and the SDK wrote again. */
export async function ownEtag(store: LockStore, { id }: Run): Promise<string | undefined> {
  const seen = await store.read();
  return seen?.run.id === id ? seen.etag : undefined;
}

async function lost(store: LockStore): Promise<Failure> {
  const seen = await store.read();
  const taker = seen ? `${describeRun(seen.run)} has taken it` : 'somebody has removed it';
  return new Failure(
    `This run has lost the lock of the stage: ${taker}.`,
    'Nothing was changed after that. Run it again: what was not deployed is in the next plan.',
  );
}
