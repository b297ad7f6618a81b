import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { commitOf } from '../../../../tools/git/commit.ts';
import { aFolder, put } from '../../../support/engine/a-folder.ts';

// Neither the settings of the machine, nor a repository that a hook runs in.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
const settings = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
const git = (root: string, ...args: string[]): string =>
  execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8', env: { ...env, ...settings } }).trim();

function aGitRepository(): { root: string; head: string } {
  const root = aFolder({ 'a.txt': '1', '.gitignore': 'ignored/\n', 'odd name é.txt': '1' });
  git(root, 'init', '--quiet');
  git(root, 'add', '.');
  git(root, 'commit', '--quiet', '-m', 'first');
  return { root, head: git(root, 'rev-parse', 'HEAD') };
}

describe('commitOf', () => {
  it('is the whole id of the commit', async () => {
    const { root, head } = aGitRepository();

    expect(await commitOf(root)).toBe(head);
    expect(head).toMatch(/^[0-9a-f]{40}$/);
  });

  it('does not see a file that git ignores', async () => {
    const { root, head } = aGitRepository();
    put(root, { 'ignored/a.txt': '1' });

    expect(await commitOf(root)).toBe(head);
  });

  it.each<[string, (root: string) => void]>([
    [
      'changed',
      (root) => {
        put(root, { 'a.txt': '2' });
      },
    ],
    [
      'changed and staged',
      (root) => {
        put(root, { 'a.txt': '2' });
        git(root, 'add', '.');
      },
    ],
    [
      'new',
      (root) => {
        put(root, { 'b.txt': '1' });
      },
    ],
    [
      'removed',
      (root) => {
        rmSync(join(root, 'odd name é.txt'));
      },
    ],
    [
      'renamed',
      (root) => {
        git(root, 'mv', 'a.txt', 'c.txt');
      },
    ],
  ])('marks a tree in which a file is %s', async (_name, change) => {
    const { root, head } = aGitRepository();

    change(root);

    expect(await commitOf(root)).toBe(`${head}-dirty`);
  });

  it.each<[string, Record<string, string>, string]>([
    ['of the file that was saved', { 'a.txt': '2' }, '-dirty'],
    ['of another file alone', { 'odd name é.txt': '2' }, '-dirty'],
    ['that git ignores', { 'ignored/a.txt': '2' }, ''],
    ['that is none', {}, ''],
  ])('tells the same from the files that were saved, of a change %s', async (_what, changes, mark) => {
    const { root, head } = aGitRepository();
    put(root, changes);

    expect(await commitOf(root, ['a.txt', 'ignored/a.txt', '*'])).toBe(`${head}${mark}`);
  });

  it('is unknown before the first commit', async () => {
    const root = aFolder();
    git(root, 'init', '--quiet');

    expect(await commitOf(root)).toBe('unknown');
  });

  it('is unknown outside a repository', async () => {
    expect(await commitOf(aFolder())).toBe('unknown');
  });

  it('is unknown where the folder is not there', async () => {
    expect(await commitOf(join(aFolder(), 'gone'))).toBe('unknown');
  });
});
