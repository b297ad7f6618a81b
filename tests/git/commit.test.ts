import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitOf } from '../../tools/git/commit.ts';

describe('commitOf', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'aviary-git-')));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const git = (cwd: string, ...args: string[]): string => {
    const settings = [
      'user.name=Test',
      'user.email=test@example.com',
      'commit.gpgsign=false',
      'init.defaultBranch=main',
    ];
    return execFileSync('git', [...settings.flatMap((it) => ['-c', it]), ...args], { cwd, encoding: 'utf8' }).trim();
  };
  const write = (path: string, text = 'text\n'): void => {
    writeFileSync(join(folder, path), text);
  };
  /** A repository with one commit of one file. @returns the commit */
  const repository = (file = 'file'): string => {
    git(folder, 'init', '--quiet');
    write(file);
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message', 'First');
    return git(folder, 'rev-parse', 'HEAD');
  };

  it('is the whole id of the commit where the tree is as it was committed', async () => {
    const commit = repository();

    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    await expect(commitOf(folder)).resolves.toBe(commit);
  });

  it('is the commit of the newest of several', async () => {
    repository();
    git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'Second');

    await expect(commitOf(folder)).resolves.toBe(git(folder, 'rev-parse', 'HEAD'));
  });

  it.each([
    [
      'a file was changed',
      () => {
        write('file', 'other\n');
      },
    ],
    [
      'a change was staged',
      () => {
        write('file', 'other\n');
        git(folder, 'add', 'file');
      },
    ],
    [
      'a file was deleted',
      () => {
        rmSync(join(folder, 'file'));
      },
    ],
    [
      'a file was renamed',
      () => {
        git(folder, 'mv', 'file', 'another');
      },
    ],
    [
      'a file is there that was never added',
      () => {
        write('another');
      },
    ],
    [
      'a folder is there that was never added',
      () => {
        mkdirSync(join(folder, 'new'));
        write('new/file');
      },
    ],
  ])('is marked where %s', async (_what, change) => {
    const commit = repository();

    change();

    await expect(commitOf(folder)).resolves.toBe(`${commit}-dirty`);
  });

  it('is not marked by a file that git ignores', async () => {
    write('.gitignore', 'ignored\n');
    const commit = repository();

    write('ignored');

    await expect(commitOf(folder)).resolves.toBe(commit);
  });

  it('is not marked by a file that was written again with the same text', async () => {
    const commit = repository();

    write('file');

    await expect(commitOf(folder)).resolves.toBe(commit);
  });

  it.each(['with space', 'ümläut ☃', '-dash', '"quote"', "it's", 'tab\tname', 'line\nbreak', '-dirty'])(
    'takes a file named %j as any other',
    async (name) => {
      const commit = repository(name);
      const clean = await commitOf(folder);

      write(name, 'other\n');

      expect(clean).toBe(commit);
      await expect(commitOf(folder)).resolves.toBe(`${commit}-dirty`);
    },
  );

  it('is the commit below a folder of the repository, too', async () => {
    mkdirSync(join(folder, 'inner'));
    write('inner/file');
    const commit = repository();

    await expect(commitOf(join(folder, 'inner'))).resolves.toBe(commit);
  });

  it('is known in a shallow clone, whose history is cut', async () => {
    repository();
    git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'Second');
    const commit = git(folder, 'rev-parse', 'HEAD');
    const shallow = join(folder, 'shallow');
    git(folder, 'clone', '--quiet', '--depth', '1', `file://${folder}`, shallow);

    expect(git(shallow, 'rev-list', '--count', 'HEAD')).toBe('1');
    await expect(commitOf(shallow)).resolves.toBe(commit);
  });

  it('is known with a detached head, as a workflow checks out', async () => {
    const commit = repository();
    git(folder, 'checkout', '--quiet', '--detach');

    await expect(commitOf(folder)).resolves.toBe(commit);
  });

  it('is unknown before the first commit', async () => {
    git(folder, 'init', '--quiet');
    write('file');

    await expect(commitOf(folder)).resolves.toBe('unknown');
  });

  it('is unknown outside of a repository, and in a folder that is not there', async () => {
    await expect(commitOf(folder)).resolves.toBe('unknown');
    await expect(commitOf(join(folder, 'nowhere'))).resolves.toBe('unknown');
  });
});
