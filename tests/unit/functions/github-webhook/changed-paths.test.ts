import { changedPaths, payloadLimits } from '../../../../functions/github-webhook/changed-paths.ts';
import { pushEvent, type PushEvent } from '../../../../functions/github-webhook/schema.ts';
import { aCommit, aPush, commitId, noCommit } from '../../../support/runtime/github-payloads.ts';

const push = (payload: unknown): PushEvent => pushEvent.parse(payload);

describe('changedPaths', () => {
  it('gives every path that a commit added, removed or modified', () => {
    const commits = [aCommit(2, { added: ['a'], modified: ['b'] }), aCommit(3, { removed: ['c'], modified: ['b'] })];

    expect(changedPaths(push(aPush(commits)))).toEqual({ paths: new Set(['a', 'b', 'c']) });
  });

  it('gives the paths of one commit below the limit', () => {
    const commits = Array.from({ length: payloadLimits.commits - 1 }, (_, at) => aCommit(at + 2, { added: [`${at}`] }));

    expect(changedPaths(push(aPush(commits)))).toMatchObject({ paths: { size: payloadLimits.commits - 1 } });
  });

  const many = Array.from({ length: payloadLimits.commits }, (_, at) => aCommit(at + 2));
  const large = aCommit(2, { added: Array.from({ length: payloadLimits.files }, (_, at) => `${at}`) });
  const { added: _added, ...bare } = aCommit(2);

  it.each([
    ['a force push', aPush(undefined, { forced: true }), false],
    ['a first push', aPush(undefined, { created: true, before: noCommit }), false],
    ['a first push that only its zeros tell', aPush(undefined, { before: noCommit }), false],
    ['a deleted branch', aPush([], { deleted: true, after: noCommit }), false],
    ['a deleted branch that only its zeros tell', aPush([], { after: noCommit }), false],
    ['zeros of SHA-256', aPush(undefined, { before: '0'.repeat(64) }), false],
    ['as many commits as a payload holds', aPush(many), true],
    ['no commits', aPush([]), true],
    ['commits that lack the last one', aPush([aCommit(2)], { after: commitId(9) }), true],
    ['a commit with as many files as are listed', aPush([large]), true],
    ['a commit without its files', aPush(undefined, { commits: [bare] }), true],
  ])('does not know the paths of %s', (_what, payload, comparable) => {
    expect(changedPaths(push(payload))).toEqual({ unknown: expect.any(String) as string, comparable });
  });
});
