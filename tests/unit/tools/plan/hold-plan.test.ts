import { assertHolds } from '../../../../tools/plan/hold-plan.ts';
import type { Plan } from '../../../../tools/plan/plan.ts';
import { aPlan } from '../../../support/engine/a-plan.ts';
import { aCommit } from '../../../support/engine/a-tree.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const item = {
  name: 'users',
  kind: 'function',
  change: 'changed',
  reasons: [{ kind: 'code', detail: 'a.ts' }],
  code: 'a'.repeat(64),
  release: 'b'.repeat(64),
  running: 'c'.repeat(64),
} as const;
const plan = aPlan({ items: [item], deployed: 'd'.repeat(64) });

describe('assertHolds', () => {
  it('lets the plan through that would be made now', () => {
    expect(() => {
      assertHolds(plan, { ...plan, items: [{ ...item }] });
    }).not.toThrow();
  });

  it.each<[string, Partial<Plan>, string]>([
    ['another stage', { stage: 'production' }, 'The plan is for staging, not for production.'],
    ['another commit', { commit: aCommit('e') }, `The plan was made at ${aCommit('c')}, and this is ${aCommit('e')}.`],
    ['a dirty tree', { commit: `${aCommit('c')}-dirty` }, 'and this is'],
    ['a stack that moved', { deployed: 'e'.repeat(64) }, 'The stack of staging was changed since the plan was made.'],
    ['a stack that is gone', { deployed: null }, 'The stack of staging was changed since the plan was made.'],
    ['other work', { items: [{ ...item, release: 'f'.repeat(64) }] }, 'The tree gives another plan for staging'],
    ['a part more', { items: [item, { ...item, name: 'orders' }] }, 'The tree gives another plan for staging'],
    [
      'other reasons',
      { items: [{ ...item, reasons: [{ kind: 'code', detail: 'b.ts' }] }] },
      'The tree gives another plan for staging',
    ],
    ['other names', { only: ['users'] }, 'The tree gives another plan for staging'],
  ])('refuses it for %s', (_name, change, said) => {
    const failure = failureOf(() => {
      assertHolds(plan, { ...plan, ...change });
    });

    expect(failure.problem).toContain(said);
  });

  it.each<[string, Partial<Plan>, string]>([
    ['another stage', { stage: 'production' }, 'Name its stage: --stage staging.'],
    ['another commit', { commit: aCommit('e') }, 'make the plan anew: npm run plan -- --stage staging --json.'],
    ['a stack that moved', { deployed: null }, 'Make the plan anew: npm run plan -- --stage staging --json.'],
  ])('says what to do for %s', (_name, change, said) => {
    const failure = failureOf(() => {
      assertHolds(plan, { ...plan, ...change });
    });

    expect(failure.next).toContain(said);
  });
});
