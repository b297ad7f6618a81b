import { planVersion } from '../../../../tools/plan/plan.ts';
import { parsePlan } from '../../../../tools/plan/plan-file.ts';
import { isJson, type Json } from '../../../../tools/lib/json.ts';
import { aPlan } from '../../../support/engine/a-plan.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

/** What a file has of a value. */
function stored(value: unknown): Json {
  const text: unknown = JSON.parse(JSON.stringify(value));
  if (!isJson(text)) throw new Error('not JSON');
  return text;
}

const item = {
  name: 'users',
  kind: 'function',
  change: 'changed',
  reasons: [{ kind: 'code', detail: 'functions/users/get-user.ts' }],
  code: 'a'.repeat(64),
  release: 'b'.repeat(64),
  running: null,
} as const;

describe('parsePlan', () => {
  it('gives back the plan that was written', () => {
    const plan = aPlan({ items: [item], only: ['users'], deployed: 'd'.repeat(64) });

    expect(parsePlan(stored(plan), 'plan.json')).toEqual(plan);
  });

  it.each([0, 1, planVersion + 1, 1e9])('refuses version %d', (version) => {
    const failure = failureOf(() => parsePlan(stored({ ...aPlan(), version }), 'plan.json'));

    expect(failure.problem).toBe(`plan.json is a plan of version ${version}, known is ${planVersion}.`);
    expect(failure.next).toBe('Make it anew with this version: npm run plan -- --json.');
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['a text', 'plan'],
    ['no version', { stage: 'staging' }],
    ['a version that is a text', { ...aPlan(), version: '2' }],
    ['an unknown member', { ...aPlan(), more: 1 }],
    ['an item without a name', { ...aPlan(), items: [{ ...item, name: '' }] }],
    ['a release that is no hash', { ...aPlan(), items: [{ ...item, release: 'b' }] }],
    ['a reason of another kind', { ...aPlan(), items: [{ ...item, reasons: [{ kind: 'mood', detail: '' }] }] }],
  ])('refuses %s', (_name, value) => {
    const { problem, next } = failureOf(() => parsePlan(stored(value), 'plan.json'));

    expect(problem).toMatch(/^plan\.json is no plan: ./);
    expect(next).toBe('Make one with: npm run plan -- --json > plan.json.');
  });

  it.each([
    ['the place', { ...aPlan(), items: [{ ...item, name: '' }] }, /^plan\.json is no plan: items\.0\.name: \S/],
    ['its form', [], /^plan\.json is no plan: its form: \S/],
  ])('names %s of what is wrong', (_what, value, expected) => {
    expect(failureOf(() => parsePlan(stored(value), 'plan.json')).problem).toMatch(expected);
  });
});
