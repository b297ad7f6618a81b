import { gitHubApi } from '../../../../functions/github-webhook/github-api.ts';
import { gitHubCompare } from '../../../../functions/github-webhook/github-compare.ts';
import { fakeGitHub, type FakeGitHub } from '../../../support/runtime/fake-github.ts';

const files = (count: number, prefix = 'f') =>
  Array.from({ length: count }, (_, at) => ({ filename: `${prefix}${at}` }));

describe('gitHubCompare', () => {
  let gitHub: FakeGitHub;

  beforeEach(async () => {
    gitHub = await fakeGitHub();
  });

  afterEach(() => gitHub.close());

  const compare = () =>
    gitHubCompare(
      gitHubApi(gitHub.base, () => Promise.resolve(gitHub.token)),
      'example/aviary',
    )('a1', 'b2');

  it('gives the files, and of a renamed one both names', async () => {
    const renamed = { filename: 'new.ts', previous_filename: 'old.ts' };
    gitHub.comparisons.set('a1...b2', [{ status: 'ahead', files: [{ filename: 'x.ts' }, renamed] }]);

    await expect(compare()).resolves.toEqual(new Set(['x.ts', 'new.ts', 'old.ts']));
  });

  it('takes all files from the first page, where the next ones have commits alone', async () => {
    const commits = { status: 'ahead', files: [] };
    gitHub.comparisons.set('a1...b2', [{ status: 'ahead', files: files(3) }, commits, commits, commits]);

    await expect(compare()).resolves.toEqual(new Set(['f0', 'f1', 'f2']));

    expect(gitHub.calls).toHaveLength(2);
  });

  it('follows pages while they bring files', async () => {
    const pages = ['a', 'b', 'c'].map((prefix) => ({ status: 'ahead', files: files(2, prefix) }));
    gitHub.comparisons.set('a1...b2', pages);

    await expect(compare()).resolves.toEqual(new Set(['a0', 'a1', 'b0', 'b1', 'c0', 'c1']));
  });

  it.each([
    ['as many files as GitHub ever names', [{ status: 'ahead', files: files(300) }]],
    ['pages without end', Array.from({ length: 30 }, (_, at) => ({ status: 'ahead', files: files(1, `${at}-`) }))],
    ['histories that went apart', [{ status: 'diverged', files: files(1) }]],
    ['a branch that went back', [{ status: 'behind', files: [] }]],
  ])('does not know with %s', async (_what, pages) => {
    gitHub.comparisons.set('a1...b2', pages);

    await expect(compare()).resolves.toBeUndefined();
  });

  it('fails where GitHub does not know a commit', async () => {
    await expect(compare()).rejects.toMatchObject({ status: 404 });
  });
});
