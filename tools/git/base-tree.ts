import { copyFileSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { run } from '../lib/process.ts';

/**
 * Lets `work` read another commit's tree, in a folder of its own that is removed after it. The branch in use and the files
 * of the person stay as they are. Packages are not installed there: what the commit's lock file names counts as installed,
 * which is all that bundling with external packages asks for.
 * @param revision a commit, branch or tag
 * @throws Failure where the commit is not in this clone
 */
export async function withTreeOf<T>(root: string, revision: string, work: (folder: string) => Promise<T>): Promise<T> {
  const commit = await commitNamed(root, revision);
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'aviary-base-')));
  const folder = join(top, 'tree');
  try {
    await git(root, ['worktree', 'add', '--quiet', '--detach', folder, commit]);
    if (existsSync(join(folder, 'package-lock.json'))) {
      mkdirSync(join(folder, 'node_modules'));
      copyFileSync(join(folder, 'package-lock.json'), join(folder, 'node_modules', '.package-lock.json'));
    }
    return await work(folder);
  } finally {
    rmSync(top, { recursive: true, force: true });
    await git(root, ['worktree', 'prune']);
  }
}

async function commitNamed(root: string, revision: string): Promise<string> {
  // `--end-of-options`, so that a branch called --help is a branch.
  const args = ['rev-parse', '--quiet', '--verify', '--end-of-options', `${revision}^{commit}`];
  const { code, stdout } = await run('git', args, { cwd: root });
  if (code === 0) return stdout.trim();
  throw new Failure(
    `${revision} is no commit of this clone.`,
    'Fetch it (git fetch origin <branch>; a shallow clone needs --unshallow), or name another with --base.',
  );
}

async function git(root: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await run('git', args, { cwd: root });
  if (code !== 0) throw new Failure(`git ${args.join(' ')} failed: ${stderr.trim()}`, 'See its message above.');
}
