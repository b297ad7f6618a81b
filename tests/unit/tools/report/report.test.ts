import type { Change, Plan, PlanItem } from '../../../../tools/plan/plan.ts';
import { describeDeploy } from '../../../../tools/report/describe-deploy.ts';
import { describeExplanation } from '../../../../tools/report/describe-explanation.ts';
import { countChanges, describePlan, shortCommit } from '../../../../tools/report/describe-plan.ts';
import { describeStatus } from '../../../../tools/report/describe-status.ts';
import { table } from '../../../../tools/report/table.ts';
import type { DeployResult } from '../../../../tools/stack/deploy-stage.ts';
import type { FunctionStatus, Status } from '../../../../tools/stack/read-status.ts';
import { aPlan } from '../../../support/engine/a-plan.ts';
import { aCommit } from '../../../support/engine/a-tree.ts';

const { FORCE_COLOR, NO_COLOR } = process.env;
beforeAll(() => {
  delete process.env['FORCE_COLOR'];
  process.env['NO_COLOR'] = '1';
});
afterAll(() => {
  delete process.env['NO_COLOR'];
  Object.assign(
    process.env,
    FORCE_COLOR === undefined ? {} : { FORCE_COLOR },
    NO_COLOR === undefined ? {} : { NO_COLOR },
  );
});

const item = (name: string, change: Change, more: Partial<PlanItem> = {}): PlanItem => ({
  name,
  kind: 'function',
  change,
  reasons: [],
  code: null,
  release: change === 'removed' ? null : 'b'.repeat(64),
  running: change === 'new' ? null : 'a'.repeat(64),
  ...more,
});
const plan = (...items: PlanItem[]): Plan => ({ ...aPlan(), items });
const changed = (name: string, ...details: string[]): PlanItem =>
  item(name, 'changed', { reasons: details.map((detail) => ({ kind: 'code', detail })) });

describe('describePlan', () => {
  it('shows functions, layers and resources, each with its reasons', () => {
    const text = describePlan(
      plan(
        item('shared', 'changed', { kind: 'layer', reasons: [{ kind: 'code', detail: 'layers/shared/src/a.ts' }] }),
        changed('users', 'functions/users/handler.ts'),
        item('order-history', 'new', { reasons: [{ kind: 'new', detail: 'not deployed yet' }] }),
        item('health', 'unchanged', { release: 'a'.repeat(64) }),
        item('old', 'removed', { reasons: [{ kind: 'removed', detail: 'not in template.yaml' }] }),
        item('Queue', 'changed', { kind: 'resource', reasons: [{ kind: 'config', detail: 'QueueName a → b' }] }),
      ),
    );

    expect(text).toBe(`staging at cccccccccc

Functions
  ~ users          changed    aaaaaaaaaaaa → bbbbbbbbbbbb
                   code: functions/users/handler.ts
  + order-history  new        bbbbbbbbbbbb
  = health         unchanged  aaaaaaaaaaaa
  - old            removed    aaaaaaaaaaaa

Layers
  ~ shared         changed    aaaaaaaaaaaa → bbbbbbbbbbbb
                   code: layers/shared/src/a.ts

Resources
  ~ Queue          changed    aaaaaaaaaaaa → bbbbbbbbbbbb
                   config: QueueName a → b

To deploy: 3 functions, 1 layer, 1 resource.
`);
  });

  it('leaves out sections that are empty, and says that there is nothing to do', () => {
    expect(describePlan(plan(item('users', 'unchanged')))).toBe(`staging at cccccccccc

Functions
  = users     unchanged  bbbbbbbbbbbb

Nothing to deploy.
`);
  });

  it.each([
    [12, 0],
    [13, 1],
    [20, 8],
  ])('of %i reasons shows twelve and counts %i more', (number, more) => {
    const text = describePlan(plan(changed('users', ...Array.from({ length: number }, (_, at) => `file-${at}.ts`))));

    expect(text.match(/code: /g)).toHaveLength(12);
    expect(/and (\d+) more/.exec(text)?.[1]).toBe(more === 0 ? undefined : String(more));
  });
});

describe('countChanges', () => {
  it.each<[string, PlanItem[]]>([
    ['nothing', [item('a', 'unchanged')]],
    ['1 function', [item('a', 'new'), item('b', 'unchanged')]],
    ['2 functions', [item('a', 'removed'), item('b', 'changed')]],
    ['1 layer, 2 resources', ['layer', 'resource', 'resource'].map((kind) => item('a', 'new', { kind } as object))],
  ])('says %s', (said, items) => {
    expect(countChanges(plan(...items))).toBe(said);
  });
});

describe('shortCommit', () => {
  it.each([
    [aCommit('a'), 'aaaaaaaaaa'],
    [`${aCommit('a')}-dirty`, 'aaaaaaaaaa-dirty'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (commit, short) => {
    expect(shortCommit(commit)).toBe(short);
  });
});

describe('describeDeploy', () => {
  const took = { plan: 1200, build: 2340, deploy: 61_000, check: 40 };
  const result: DeployResult = {
    plan: plan(changed('users', 'a.ts'), item('health', 'unchanged')),
    deployed: true,
    functions: [{ name: 'users', release: 'b'.repeat(64), version: '7' }],
    uploads: ['key', 'other'],
    outputs: {},
    health: { ok: true, url: 'https://a/health', release: undefined, problem: undefined },
    took,
  };

  it('says what was deployed, how long it took, and that it is well', () => {
    expect(describeDeploy(result)).toBe(`Deployed to staging: 1 of 2 functions (planned: 1 function).
  users     bbbbbbbbbbbb  version 7
  2 uploads; plan 1.2 s, build 2.3 s, deploy 61.0 s, check 0.0 s
  healthy: https://a/health
`);
  });

  it('says what is not well, and which version is not known', () => {
    const text = describeDeploy({
      ...result,
      functions: [{ name: 'users', release: 'b'.repeat(64), version: undefined }],
      uploads: ['key'],
      health: { ok: false, url: 'https://a/health', release: undefined, problem: 'status 502' },
    });

    expect(text).toContain('version ?\n  1 upload;');
    expect(text).toContain('  NOT healthy: https://a/health (status 502)\n');
  });

  it('says nothing of health where there is no API', () => {
    expect(describeDeploy({ ...result, health: undefined })).not.toContain('healthy');
  });

  it('says that there was nothing to deploy', () => {
    expect(describeDeploy({ ...result, deployed: false })).toBe(
      'Nothing to deploy: staging runs what the tree asks for, at cccccccccc.\n',
    );
  });
});

describe('describeExplanation', () => {
  const base = { name: 'users', running: 'a'.repeat(64), release: 'b'.repeat(64) };

  it('draws the way to each reason that has one', () => {
    const text = describeExplanation({
      ...base,
      change: 'changed',
      reasons: [
        { kind: 'code', detail: 'c.ts', chain: ['a.ts', 'b.ts', 'c.ts'] },
        { kind: 'code', detail: 'a.ts', chain: ['a.ts'] },
        { kind: 'config', detail: 'MemorySize 256 → 512', chain: [] },
      ],
    });

    expect(text).toBe(`users is changed  aaaaaaaaaaaa → bbbbbbbbbbbb
  code: c.ts
    a.ts
      └ b.ts
        └ c.ts
  code: a.ts
  config: MemorySize 256 → 512
`);
  });

  it('says that there is nothing to explain', () => {
    expect(describeExplanation({ ...base, release: base.running, change: 'unchanged', reasons: [] })).toBe(
      'users is unchanged  aaaaaaaaaaaa\n  What runs is what the tree asks for.\n',
    );
  });
});

describe('describeStatus', () => {
  const users: FunctionStatus = {
    name: 'users',
    release: 'a'.repeat(64),
    commit: aCommit('d'),
    version: '12',
    since: '2026-11-20T10:11:12.345+0000',
    tree: 'unchanged',
    agrees: true,
    swapped: null,
    pin: null,
    despite: null,
  };
  const unknown = { release: null, commit: null, version: null, since: null, agrees: false };
  const none = { ...unknown, swapped: null, pin: null, despite: null };
  const status: Status = {
    stage: 'staging',
    stack: 'aviary-staging',
    state: 'UPDATE_COMPLETE',
    url: 'https://a',
    functions: [users, { ...none, name: 'orders', tree: 'new' }],
    pinnedLayers: [],
    differing: ['shared', 'Queue'],
  };

  it('shows what runs, and how the tree differs', () => {
    expect(describeStatus(status)).toBe(`staging: aviary-staging, UPDATE_COMPLETE
https://a

function  release       commit      live  since (UTC)          tree
users     aaaaaaaaaaaa  dddddddddd  12    2026-11-20 10:11:12  same
orders    —             —           —     —                    not deployed

The tree also differs in shared, Queue.
`);
  });

  it.each<[Partial<FunctionStatus>, string]>([
    [{ tree: 'changed' }, 'differs'],
    [{ tree: 'removed' }, 'not in the tree'],
    [{ agrees: false }, 'same; live was moved by hand'],
    [{ tree: 'changed', swapped: 'b2c3' }, 'differs; swapped, runs b2c3 until the next deploy'],
    [{ pin: { reason: 'waits', until: '2026-12-24' }, tree: 'held' }, 'pinned until 2026-12-24: waits'],
  ])('says of %j: %s', (more, verdict) => {
    const text = describeStatus({ ...status, url: null, functions: [{ ...users, ...more }], differing: [] });

    expect(text.trimEnd().endsWith(`  ${verdict}`)).toBe(true);
  });

  it('says that nothing is deployed', () => {
    expect(describeStatus({ ...status, state: null })).toBe(
      'Nothing is deployed to staging: there is no stack aviary-staging.\n',
    );
  });
});

describe('table', () => {
  it('measures cells without their colour', () => {
    const red = '\u001b[31mab\u001b[39m';

    expect(
      table(
        ['x', 'y'],
        [
          [red, '1'],
          ['abc', '2'],
        ],
      ),
    ).toEqual(['x    y', `${red}   1`, 'abc  2']);
  });

  it('fills a row that is too short', () => {
    expect(table(['a', 'b', 'c'], [['1']])).toEqual(['a  b  c', '1']);
  });
});
