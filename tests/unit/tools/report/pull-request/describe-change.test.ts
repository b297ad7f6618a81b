import type { PlanItem } from '../../../../../tools/plan/plan.ts';
import { describeChange } from '../../../../../tools/report/pull-request/describe-change.ts';
import type { PullRequestChange } from '../../../../../tools/report/pull-request/pull-request-change.ts';
import { aPlan } from '../../../../support/engine/a-plan.ts';

function aChange(items: PlanItem[], more: Partial<PullRequestChange> = {}): PullRequestChange {
  return {
    ...{ stage: 'staging', comparedWith: 'base', plan: { ...aPlan(), items } },
    functions: items.map(({ name }) => ({ name, before: 10, after: 20, environment: 0, traffic: {} })),
    ...{ resources: {}, indexes: [], replacements: [], rights: [], tools: [] },
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
