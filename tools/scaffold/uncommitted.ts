import { Failure } from '../lib/failure.ts';
import { run } from '../lib/process.ts';

/**
 * Those of the files that git does not have as they are now, so that deleting them would lose something.
 * @throws Failure where the folder is no clone
 */
export async function uncommitted(root: string, paths: readonly string[]): Promise<string[]> {
  const args = ['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames', '--', ...paths];
  const { code, stdout } = await run('git', args, { cwd: root });
  if (code !== 0) {
    throw new Failure('git cannot be asked whether it has these files.', 'Delete them all the same with --force.');
  }
  const entries = stdout.split('\0').filter(Boolean);
  return entries.map((entry) => entry.slice(3));
}
