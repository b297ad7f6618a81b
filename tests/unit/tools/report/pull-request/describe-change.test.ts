import type { PlanItem } from '../../../../../tools/plan/plan.ts';
import { describeChange } from '../../../../../tools/report/pull-request/describe-change.ts';
import type { PullRequestChange } from '../../../../../tools/report/pull-request/pull-request-change.ts';
import { aPlan } from '../../../../support/engine/a-plan.ts';

function aChange(items: PlanItem[], more: Partial<PullRequestChange> = {}): PullRequestChange {
  return {
    ...{ stage: 'staging', comparedWith: 'base', plan: { ...aPlan(), items } },
    functions: items.map(({ name }) => ({ name, before: 10, after: 20, environment: 0, traffic: {} })),
    ...{ resources: {}, indexes: [], replacements: [], rights: [], costs: [], tools: [] },
    ...more,
  };
}

function changed(name: string, ...details: string[]): PlanItem {
  const reasons = details.map((detail) => ({ kind: 'code' as const, detail }));
  return { name, kind: 'function', change: 'changed', reasons, code: '', release: '', running: '' };
}

test('names from the repository stay in code, on their line and in their cell', () => {
  const text = describeChange(aChange([changed('users', 'a`|b\n@team <img src=x>')]));

  expect(text).toContain("| `users` | changed | code: `a'\\|b @team <img src=x>` | 10 → 20 |");
});

test('marks a function over the budget', () => {
  const functions = [{ name: 'users', before: 10, after: 60_000, environment: 0, traffic: {} }];

  expect(describeChange(aChange([changed('users')], { functions }))).toContain(
    '60000 :warning: over the budget of 51200',
  );
});

test('a comment holds it, however much changes', () => {
  const items = Array.from({ length: 500 }, (_, at) =>
    changed(`function-${at}`, ...Array<string>(20).fill('x'.repeat(100))),
  );
  const rights = Array.from({ length: 500 }, (_, at) => ({ where: `t.yaml ${at}`, right: 'y'.repeat(500) }));

  const text = describeChange(aChange(items, { rights }));

  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('and 460 more');
});

test('begins with the mark by which the comment is found again', () => {
  expect(describeChange(aChange([])).split('\n')[0]).toBe('<!-- aviary report: staging -->');
});

test('tells what a stage costs more or less, by the largest parts, and nothing where nothing changes', () => {
  const parts = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((where, at) => ({ where, difference: 7 - at }));
  const costs = [
    { stage: 'production', before: 107.06, after: 135.06, parts },
    { stage: 'staging', before: 100, after: 99.5, parts: [{ where: 'Users', difference: -0.5 }] },
  ];

  const text = describeChange(aChange([], { costs }));

  expect(text).toContain('### Cost a month, with 1,000,000 requests');
  expect(text).toContain('- production: **+$28.00** ($107.06 → $135.06): `A` +$7.00, `B` +$6.00,');
  expect(text).toContain('`F` +$2.00, and 1 more');
  expect(text).toContain('- staging: **−$0.50** ($100.00 → $99.50): `Users` −$0.50');
  expect(describeChange(aChange([]))).not.toContain('Cost');
});
