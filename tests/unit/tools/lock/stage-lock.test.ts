import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { setImmediate } from 'node:timers/promises';
import { holdLock } from '../../../../tools/lock/held-lock.ts';
import { openLock, type LockStore } from '../../../../tools/lock/lock-store.ts';
import type { Run } from '../../../../tools/lock/run.ts';
import { takeLock } from '../../../../tools/lock/take-lock.ts';
import { processSpace } from '../../../../tools/lib/machine.ts';
import { localClient } from '../../../../tools/local/environment.ts';
import { useCloud } from '../../../support/cloud.ts';
import { aRun } from '../../../support/engine/a-run.ts';
import { rejectionOf } from '../../../support/engine/failure-of.ts';
import { aStage } from '../../../support/engine/a-stage.ts';

const bucket = 'artifacts';

describe('the lock of a stage', () => {
  const cloud = useCloud();
  let stacks = 0;
  let store: LockStore, other: LockStore;
  let said: string[];

  const open = async (stackName: string): Promise<LockStore> => {
    const stage = aStage('local', { stackName });
    return await openLock({ root: '/', stage, endpoint: cloud.endpoint }, bucket);
  };
  const take = (at: LockStore, run: Run, wait = true, signal?: AbortSignal): Promise<string> => {
    const say = (sentence: string): void => void said.push(sentence);
    return takeLock(at, run, { stackName: 'aviary-local', pause: 5, say, wait, ...(signal ? { signal } : {}) });
  };
  const works = async (at: LockStore, run: Run, work: () => Promise<void>): Promise<void> => {
    await holdLock(at, run, await take(at, run), work);
  };

  beforeAll(async () => {
    const client = new S3Client({ ...localClient(cloud.endpoint), forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  beforeEach(async () => {
    stacks += 1;
    said = [];
    [store, other] = [await open(`stack-${stacks}`), await open(`stack-${stacks}`)];
  });

  it('is taken by one of two that want it at once', async () => {
    const etags = await Promise.all([store.write(aRun(), undefined), other.write(aRun(), undefined)]);

    expect(etags.filter((etag) => etag !== undefined)).toHaveLength(1);
  });

  it('of a dead run is taken over by one of two that want it at once', async () => {
    const etag = await store.write(aRun(), undefined);
    const etags = await Promise.all([store.write(aRun(), etag), other.write(aRun(), etag)]);

    expect(etags.filter((it) => it !== undefined)).toHaveLength(1);
  });

  it('lets ten runs work one after the other', async () => {
    let [working, most, done] = [0, 0, 0];
    const one = async (): Promise<void> => {
      await works(await open(`stack-${stacks}`), aRun(), async () => {
        working += 1;
        most = Math.max(most, working);
        await setImmediate();
        working -= 1;
        done += 1;
      });
    };
    await Promise.all(Array.from({ length: 10 }, one));

    expect([most, done]).toEqual([1, 10]);
    await expect(store.read()).resolves.toBeUndefined();
  });

  it('is waited for, and it is said for whom', async () => {
    const etag = await take(store, aRun());
    const waiting = take(other, aRun());
    while (said.length === 0) await setImmediate();
    await store.remove(etag);

    await expect(waiting).resolves.toEqual(expect.any(String));
    expect(said).toEqual([
      'aviary-local is being changed by the deploy of ann@laptop, begun 14:02 UTC; waiting for it …',
    ]);
  });

  it('is let go when the work fails', async () => {
    await expect(works(store, aRun(), () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    await expect(store.read()).resolves.toBeUndefined();
  });

  it('says at once who has it, where a run is not to wait', async () => {
    await take(store, aRun());
    const failure = await rejectionOf(take(other, aRun(), false));

    expect(failure.problem).toBe('aviary-local is being changed by the deploy of ann@laptop, begun 14:02 UTC.');
    expect(failure.exitCode).toBe(1);
  });

  it('says so where it has waited for too long', async () => {
    await take(store, aRun());
    const options = { stackName: 'aviary-local', pause: 1, say: () => undefined, patience: 0 };

    expect((await rejectionOf(takeLock(other, aRun(), options))).problem).toContain('for too long to wait for');
  });

  it('is not waited for any more after an interruption', async () => {
    await take(store, aRun());
    const controller = new AbortController();
    const waiting = take(other, aRun(), true, controller.signal);
    controller.abort();

    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is taken over, and said so, from a process of this machine that is gone', async () => {
    await take(store, aRun({ processSpace: processSpace(), pid: 2 ** 22 + 1 }));
    const run = aRun({ who: 'bob@desk' });
    await take(other, run);

    expect(said).toEqual([
      'On aviary-local, the deploy of ann@laptop, begun 14:02 UTC, stopped without an end; its lock is taken over.',
    ]);
    await expect(store.read()).resolves.toMatchObject({ run: { who: 'bob@desk', id: run.id } });
  });

  it('is taken over from a run elsewhere when its lease has run out', async () => {
    await take(store, aRun({ lease: -1 }));
    await take(other, aRun());

    expect(said[0]).toContain('stopped without an end');
  });

  it('tells its age by the clock of S3', async () => {
    await take(store, aRun());
    const seen = await other.read();

    expect(seen?.age).toBeGreaterThanOrEqual(0);
    expect(seen?.age).toBeLessThan(60);
  });

  it('is another one after each renewal, so that nobody takes over what was renewed', async () => {
    const etag = await store.write(aRun(), undefined);
    const run = aRun();
    const renewed = await store.write(run, etag);

    expect(await store.write(run, renewed)).not.toBe(renewed);
    await expect(other.write(aRun(), etag)).resolves.toBeUndefined();
  });

  it('stops the work where another run has taken it, and leaves it to that run', async () => {
    const run = aRun();
    const taker = aRun({ who: 'bob@desk', command: 'rollback' });
    const written = await take(store, run);
    const work = holdLock(store, run, written, async (lock) => {
      await lock.confirm();
      await other.write(taker, (await other.read())?.etag);
      await lock.confirm();
    });

    expect((await rejectionOf(work)).problem).toBe(
      'This run has lost the lock of the stage: the rollback of bob@desk, begun 14:02 UTC has taken it.',
    );
    await expect(store.read()).resolves.toMatchObject({ run: { id: taker.id } });
  });

  it('stops the work where somebody has removed it', async () => {
    const run = aRun();
    const work = holdLock(store, run, await take(store, run), async (lock) => {
      await other.remove((await other.read())?.etag ?? '');
      await lock.confirm();
    });

    expect((await rejectionOf(work)).problem).toContain('somebody has removed it');
  });

  it('is known again by a run whose own write was answered with a refusal, as after a lost answer', async () => {
    const run = aRun();
    await store.write(run, undefined);
    const work = holdLock(other, run, await take(other, run), async (lock) => {
      await store.write(run, (await store.read())?.etag);
      await lock.confirm();
    });

    await expect(work).resolves.toBeUndefined();
    await expect(store.read()).resolves.toBeUndefined();
  });

  it('renews it while the work lasts', async () => {
    const run = aRun({ lease: 0.02 });
    const first = await take(store, run);
    await holdLock(store, run, first, async () => {
      for (;;) if ((await other.read())?.etag !== first) return;
    });

    await expect(store.read()).resolves.toBeUndefined();
  });
});
