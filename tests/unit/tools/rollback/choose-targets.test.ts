import { composePin } from '../../../../tools/pin/compose-pin.ts';
import { readRecord, type StackRecord } from '../../../../tools/plan/record.ts';
import { assertRelease, chooseTargets } from '../../../../tools/rollback/choose-targets.ts';
import { aFunction, aTree } from '../../../support/engine/a-tree.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';
import { deployed } from '../../../support/engine/stack-model.ts';

const now = new Date('2026-12-01T00:00:00Z');
const treeOf = (users: string) =>
  aTree({
    stage: 'staging',
    functions: [aFunction({ name: 'users', text: users }), aFunction({ name: 'health' })],
  });
const first = deployed(treeOf('good'));
const second = deployed(treeOf('bad'), first);
const releaseOf = (record: StackRecord, id: string): string => record.functions.get(id)?.release ?? '';
const [before, after, other] = [
  releaseOf(first.record, 'Users'),
  releaseOf(second.record, 'Users'),
  releaseOf(second.record, 'Health'),
];

function pinned(until: string): StackRecord {
  const running = second.record.functions.get('Users');
  if (!running) throw new Error('There is no Users');
  return readRecord(composePin(second.record, running, { reason: 'a bad day', until }), 'aviary-staging');
}

describe('chooseTargets', () => {
  const chosen = (names: readonly string[] | undefined, to?: string, record = second.record) =>
    chooseTargets(record, { names, to }, now).map(({ running, release }) => [running.name, release]);
  const refused = (names: readonly string[] | undefined, to?: string, record = second.record) => {
    const { problem, next } = failureOf(() => chooseTargets(record, { names, to }, now));
    return [problem, next];
  };

  it('takes a function to the release before, or to the one that is named', () => {
    expect(chosen(['users'])).toEqual([['users', before]]);
    expect(chosen(['users'], 'abcdef123456')).toEqual([['users', 'abcdef123456']]);
    expect(chosen(['health'], before)).toEqual([['health', before]]);
  });

  it('takes every function that has run another release where none is named, but for those that are pinned', () => {
    expect(chosen(undefined)).toEqual([['users', before]]);
    expect(chosen(undefined, undefined, pinned('2026-11-30'))).toEqual([['users', before]]);
  });

  it.each([
    ['has run another release', first.record],
    ['that is not pinned has', pinned('2026-12-24')],
  ])('says so where no function %s', (_what, record) => {
    expect(refused(undefined, undefined, record)).toEqual([
      'No function of staging has run another release.',
      'Deploy an older commit.',
    ]);
  });

  it('refuses a pinned function, and says until when and why it is and what to do; no more when that has run out', () => {
    expect(refused(['users'], undefined, pinned('2026-12-24'))).toEqual([
      'users is pinned until 2026-12-24: a bad day',
      'To take it back all the same: npm run aviary -- unpin users, then again.',
    ]);
    expect(chosen(['users'], undefined, pinned('2026-11-30'))).toEqual([['users', before]]);
  });

  it('refuses a function that has run nothing else', () => {
    expect(refused(['health'])).toEqual([
      'health has run no other release in staging.',
      'Deploy an older commit, or name a release with --to.',
    ]);
  });

  it.each([after, after.slice(0, 6)])('refuses the release that runs, also by its first digits: %s', (to) => {
    expect(refused(['users'], to)).toEqual([
      `users runs ${to.slice(0, 12)} already.`,
      'Name another release with --to.',
    ]);
  });

  it('does not take the last digits of a release for it', () => {
    expect(chosen(['users'], after.slice(-8))).toEqual([['users', after.slice(-8)]]);
  });

  it.each([[['users', 'health']], [[]]])('refuses one release for %j', (names) => {
    expect(refused(names, before)).toEqual([
      '--to names a release of one function.',
      'Name one function, or leave --to out.',
    ]);
  });

  it('takes several functions back where no release is named', () => {
    const third = deployed(
      aTree({
        ...treeOf('bad'),
        functions: [aFunction({ name: 'users', text: 'bad' }), aFunction({ name: 'health', text: '2' })],
      }),
      second,
    );

    expect(chosen(['users', 'health'], undefined, third.record)).toEqual([
      ['users', before],
      ['health', other],
    ]);
  });

  it('refuses what is no release before it looks at the function', () => {
    expect(refused(['users'], 'latest')[0]).toBe('latest is no release.');
  });
});

describe('assertRelease', () => {
  it.each(['0a1b2c', 'f'.repeat(64)])('takes %s', (text) => {
    expect(() => {
      assertRelease(text);
    }).not.toThrow();
  });

  it.each(['', '0a1b2', 'f'.repeat(65), '0A1B2C', 'x0a1b2c', '0a1b2cx', 'latest'])('refuses "%s"', (text) => {
    const failure = failureOf(() => {
      assertRelease(text);
    });

    expect([failure.problem, failure.next]).toEqual([
      `${text} is no release.`,
      'It is at least six hexadecimal digits, as npm run aviary -- history shows.',
    ]);
  });
});
