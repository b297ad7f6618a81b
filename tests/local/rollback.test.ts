// Needs the sample domain, and goes with it: aviary begin.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Prunable } from '../../tools/prune/choose-prunable.ts';
import type { Plan } from '../../tools/plan/plan.ts';
import type { Reason } from '../../tools/plan/reasons.ts';
import type { PastDetails } from '../../tools/rollback/read-history.ts';
import type { RollbackResult } from '../../tools/rollback/roll-back.ts';
import { aviary, aviaryJson, type Outcome } from '../support/aviary.ts';
import { published, useStage, without, type Running } from '../support/aviary-stage.ts';
import { apiAt } from '../support/http.ts';

const releaseIn = (running: Running, name: string): string =>
  Object.entries(running).find(([it]) => it === name)?.[1].release ?? 'none';

describe('aviary rollback', () => {
  const stage = useStage();
  const json = async <T>(...args: string[]): Promise<T> => await aviaryJson<T>(stage().clone.root, args);
  const fails = (...args: string[]): Promise<Outcome> => aviary(stage().clone.root, args);
  const moving = async (): Promise<string[]> => {
    const { items } = await json<Plan>('plan');
    return items.filter(({ change }) => change !== 'unchanged').map(({ name, change }) => `${name} ${change}`);
  };
  /** Status of the answer of `GET /users`, which says which release runs. */
  const answer = async (): Promise<number> => (await apiAt(await stage().apiUrl())('GET', '/users')).status;
  const deployWith = async (from: string, to: string): Promise<Running> => {
    stage().clone.edit('functions/users/list-users.ts', new RegExp(from, 'g'), to);
    stage().clone.commit(`Answer ${to}`);
    await stage().deploy();
    return await stage().running();
  };

  describe('of a function', () => {
    let first: Running, bad: Running, result: RollbackResult, after: Running;
    beforeAll(async () => {
      first = await stage().running();
      bad = await deployWith('status: 200', 'status: 203');
      result = await json<RollbackResult>('rollback', 'users');
      after = await stage().running();
    });

    it('has the earlier code answer', async () => {
      await expect(answer()).resolves.toBe(200);
    });

    it('runs the earlier package, configuration and layers', () => {
      const { version: _, versions: _versions, ...then } = first.users;

      expect(after.users).toMatchObject(then);
    });

    it('says what it took back, and the version to which it moved the alias at once', () => {
      expect(result.functions).toEqual([
        {
          name: 'users',
          from: expect.stringContaining(bad.users.release ?? 'none') as string,
          to: expect.stringContaining(first.users.release ?? 'none') as string,
          version: first.users.version,
        },
      ]);
      expect(result.health?.ok).toBe(true);
    });

    it('leaves every other function as it was', () => {
      expect(without(after, 'users')).toEqual(without(bad, 'users'));
    });

    it('is held: no later deploy brings the release again by itself', async () => {
      await expect(moving()).resolves.toEqual(['users held']);
      stage().clone.edit('functions/health/report-health.ts', /status: 200/, 'status: 203');
      const { functions } = await stage().deploy();

      expect(functions.map(({ name }) => name)).toEqual(['health']);
      await expect(answer()).resolves.toBe(200);
    });

    it.each([
      ['nothing', [], 'moves=false\n'],
      ['what is held', ['--only', 'users'], 'moves=true\n'],
      ['what is as it should be', ['--only', 'orders'], 'moves=false\n'],
    ])('tells a workflow whether a deploy moves something where %s is named', async (_, only, told) => {
      const file = join(stage().clone.root, '.aviary', 'told');

      await json('plan', '--github-output', file, ...only);

      const output = readFileSync(file, 'utf8');
      rmSync(file);
      expect(output).toBe(told);
    });

    it('is in the history, with what was taken back', async () => {
      const [now, ...before] = await json<PastDetails[]>('history', 'users');

      expect(now).toMatchObject({
        release: expect.stringContaining(first.users.release ?? 'none') as string,
        rolledBackFrom: expect.stringContaining(bad.users.release ?? 'none') as string,
      });
      expect(before).toMatchObject([
        { release: expect.stringContaining(bad.users.release ?? 'none') as string, end: 'taken back', kept: true },
      ]);
      expect(now).toMatchObject({ end: 'runs', author: expect.any(String) as string });
      for (const { at, bytes } of [now, ...before].flatMap((it) => it ?? [])) {
        expect(Date.parse(at ?? '')).not.toBeNaN();
        expect(bytes).toBeGreaterThan(500);
      }
    });

    it('is told apart from the other by what changed', async () => {
      const { reasons } = await json<{ reasons: Reason[] }>('diff', 'users');

      expect(reasons).toEqual([{ kind: 'code', detail: 'functions/users/list-users.ts' }]);
    });

    it('comes again when it is named', async () => {
      const { functions } = await stage().deploy('--only', 'users');

      expect(functions.map(({ name }) => name)).toEqual(['users']);
      await expect(answer()).resolves.toBe(203);
      await expect(moving()).resolves.toEqual([]);
    });
  });

  describe('to a named release, past a change in a shared layer', () => {
    let oldest: Running, after: Running;
    beforeAll(async () => {
      oldest = await stage().running();
      stage().clone.edit('layers/shared/src/http/respond.ts', "'no-store'", "'no-store, private'");
      await deployWith('status: 203', 'status: 206');
      await deployWith('status: 206', 'status: 207');
      await json<RollbackResult>('rollback', 'users', '--to', oldest.users.release ?? 'none');
      after = await stage().running();
    });

    it('has the layer come along', () => {
      expect(after.users.layers).toEqual(oldest.users.layers);
      expect(after.users.codeSha256).toBe(oldest.users.codeSha256);
      expect(after.health.layers).not.toEqual(oldest.health.layers);
    });

    it('is what the stack says', async () => {
      const { functions } = await json<{ functions: { name: string; agrees: boolean; tree: string }[] }>('status');

      expect(functions.find(({ name }) => name === 'users')).toMatchObject({ agrees: true, tree: 'held' });
    });

    it('lets go when the code is another one', async () => {
      const now = await deployWith('status: 207', 'status: 208');

      await expect(answer()).resolves.toBe(208);
      expect(now.users.layers).toEqual(now.health.layers);
    });
  });

  describe('when it cannot be done', () => {
    let before: Running;
    beforeAll(async () => {
      before = await stage().running();
    });

    it.each([
      [['rollback'], 'Which function?'],
      [['rollback', 'users', '--all'], 'Which function?'],
      [['rollback', 'user'], 'No function user runs in local.\nDid you mean users?'],
      [['rollback', 'processor'], 'processor has run no other release in local.'],
      [['rollback', 'users', '--to', 'latest'], 'latest is no release.'],
      [['rollback', 'users', '--to', 'abcdef'], 'The artifact bucket has no template with users abcdef.'],
      [['rollback', 'users', 'health', '--to', 'abcdef'], '--to names a release of one function.'],
      [['diff'], 'Which function?'],
      [['diff', 'users', 'latest'], 'latest is no release.'],
      [['diff', 'users', 'abcdef'], 'The artifact bucket has no template with users abcdef.'],
      [['diff', 'processor'], 'processor has run no other release in local.'],
      [['history', 'user'], 'No function user runs in local.\nDid you mean users?'],
    ])('%j says why', async (args, said) => {
      const { code, stderr } = await fails(...args);

      expect(stderr).toContain(said);
      expect(code).toBe(2);
    });

    it('has changed nothing', async () => {
      await expect(stage().running()).resolves.toEqual(before);
    });
  });

  describe('of every function', () => {
    it('takes back all that have run another release', async () => {
      const before = await stage().running();
      const { functions } = await json<RollbackResult>('rollback', '--all');
      const after = await stage().running();

      // Those behind the API, whose shared code was changed above.
      expect(functions.map(({ name }) => name).sort()).toEqual([
        'analytics',
        'github-webhook',
        'health',
        'orders',
        'users',
      ]);
      for (const { name, to } of functions) expect(to).toContain(releaseIn(after, name));
      expect(after.processor).toEqual(before.processor);
    });
  });

  describe('after what nothing uses was pruned', () => {
    const prune = ['prune', '--keep', '1', '--older-than', '0'];
    let before: Running, shown: Prunable, untouched: Running, removed: Prunable, after: Running, said: number;
    beforeAll(async () => {
      before = await stage().running();
      said = await answer();
      shown = await json<Prunable>(...prune);
      untouched = await stage().running();
      removed = await json<Prunable>(...prune, '--yes');
      after = await stage().running();
    });

    it('has removed what it had shown, and nothing before it was asked to', () => {
      expect(untouched).toEqual(before);
      expect(removed.versions).toEqual(shown.versions);
      expect(removed.objects.length).toBeGreaterThan(0);
      expect(removed.versions.length).toBeGreaterThan(0);
      expect(published(after, before)['users']).toEqual(
        removed.versions.filter(({ name }) => name === 'users').map(({ version }) => version),
      );
    });

    it('runs what ran', async () => {
      const running = (all: Running): unknown =>
        Object.entries(all).map(([name, { versions: _, ...it }]) => ({ name, ...it }));

      expect(running(after)).toEqual(running(before));
      await expect(answer()).resolves.toBe(said);
    });

    it('has nothing more to remove', async () => {
      await expect(json<Prunable>(...prune)).resolves.toMatchObject({ versions: [], layers: [], objects: [] });
    });

    it('cannot go back further than was kept, and says so', async () => {
      const [, ...gone] = await json<PastDetails[]>('history', 'users');
      const { code, stderr } = await fails('rollback', 'users', '--to', gone[0]?.release ?? 'none');

      expect(gone.map(({ kept }) => kept)).toContain(false);
      expect(stderr).toContain('The artifact bucket has no template with users');
      expect(code).toBe(2);
    });

    it('deploys as ever', async () => {
      const { functions } = await stage().deploy('--only', 'users', '--rebuild');

      expect(functions.map(({ name }) => name)).toEqual(['users']);
      await expect(answer()).resolves.toBe(208);
    });

    it.each([
      [['prune', '--keep', '0'], '--keep 0 is no number that it takes.'],
      [['prune', '--older-than', 'week'], '--older-than week is no number that it takes.'],
    ])('%j says why it is refused', async (args, said) => {
      expect((await fails(...args)).stderr).toContain(said);
    });
  });
});
