// Needs the sample domain, and goes with it: aviary begin.
import type { PinResult } from '../../tools/pin/set-pin.ts';
import type { Plan } from '../../tools/plan/plan.ts';
import type { Status } from '../../tools/stack/read-status.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { useStage, without, type Running } from '../support/aviary-stage.ts';

const until = '9999-12-31';

describe('aviary pin', () => {
  const stage = useStage();
  const json = async <T>(...args: string[]): Promise<T> => await aviaryJson<T>(stage().clone.root, args);
  const reason = 'waits for the index';
  let before: Running, pinned: Running, deployed: Running;
  let result: PinResult;
  let moved: readonly string[];

  beforeAll(async () => {
    before = await stage().running();
    result = await json<PinResult>('pin', 'users', '--reason', reason);
    pinned = await stage().running();
    stage().clone.edit('functions/users/list-users.ts', /status: 200/g, 'status: 203');
    stage().clone.edit('functions/health/report-health.ts', /status: 200/, 'status: 203');
    moved = (await stage().deploy()).functions.map(({ name }) => name);
    deployed = await stage().running();
  });

  it('publishes and moves nothing itself', () => {
    expect(pinned).toEqual(before);
    expect(result).toMatchObject({ stage: 'local', name: 'users', before: null });
    expect(result.release).toContain(before.users.release);
    expect(result.pin?.reason).toBe(reason);
  });

  it('has a deploy leave the function alone, and move the others', () => {
    expect(moved).toEqual(['health']);
    expect(deployed.users).toEqual(before.users);
    expect(without(deployed, 'health')).toEqual(without(before, 'health'));
  });

  it('is in plan and status, with its reason', async () => {
    const { items } = await json<Plan>('plan');
    const { functions } = await json<Status>('status');

    expect(items.find(({ name }) => name === 'users')).toMatchObject({
      change: 'held',
      reasons: [{ kind: 'pinned', detail: expect.stringContaining(reason) as string }],
    });
    expect(functions.find(({ name }) => name === 'users')).toMatchObject({ agrees: true, pin: { reason } });
    expect(items.filter(({ change }) => change !== 'unchanged')).toHaveLength(1);
  });

  it.each([
    [['deploy', '--only', 'users'], 'users is pinned until '],
    [['rollback', 'users'], 'users is pinned until '],
    [['pin'], 'Which function?'],
    [['pin', 'users', 'health', '--reason', 'both'], 'Which function?'],
    [['pin', 'users'], 'Why?'],
    [['pin', 'users', '--reason', ' '], 'Why?'],
    [['pin', 'user', '--reason', reason], 'No function user runs in local.\nDid you mean users?'],
    [['pin', 'users', '--reason', reason, '--until', until], `--until ${until} is more than 90 days away.`],
    [['unpin'], 'Which function?'],
    [['unpin', 'health'], 'health is not pinned in local.'],
  ])('%j says why it is refused', async (args, said) => {
    const { code, stdout, stderr } = await aviary(stage().clone.root, args);

    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(said);
  });

  it('has changed nothing where it was refused', async () => {
    await expect(stage().running()).resolves.toEqual(deployed);
  });

  it('ends with unpin, and the next deploy moves the function', async () => {
    await json<PinResult>('unpin', 'users');
    const { functions } = await stage().deploy();

    expect(functions.map(({ name }) => name)).toEqual(['users']);
    expect((await stage().running()).users.release).not.toBe(before.users.release);
  });

  describe('of a layer', () => {
    const wanted = 'layers/shared/src/batch/table-handler.ts';
    let start: Running, end: Running;
    let layer: PinResult;

    beforeAll(async () => {
      start = await stage().running();
      layer = await json<PinResult>('pin', 'shared', '--reason', reason);
      stage().clone.edit(wanted, "eventSourceARN ?? ''", "eventSourceARN ?? 'none'");
      stage().clone.edit('functions/health/report-health.ts', /status: 203/, 'status: 200');
      moved = (await stage().deploy()).functions.map(({ name }) => name);
      end = await stage().running();
    });

    it('lets a function move on the version that it has, and publishes no other', () => {
      expect(layer).toMatchObject({ name: 'shared', pin: { reason } });
      expect(moved).toEqual(['health']);
      expect(end.health.layers).toEqual(start.health.layers);
      expect(without(end, 'health')).toEqual(without(start, 'health'));
    });

    it('is in plan and status, with the function that needs what is new', async () => {
      const { items } = await json<Plan>('plan');
      const { pinnedLayers } = await json<Status>('status');

      expect(items.filter(({ change }) => change === 'held')).toMatchObject([
        { name: 'shared', reasons: [{ kind: 'pinned' }] },
        {
          name: 'table-stream',
          reasons: [{ kind: 'pinned-layer', detail: expect.stringMatching(/^shared until /) as string }],
        },
      ]);
      expect(pinnedLayers).toMatchObject([{ name: 'shared', pin: { reason } }]);
    });
  });
});
