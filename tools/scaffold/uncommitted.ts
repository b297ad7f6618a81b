import { Failure } from '../lib/failure.ts';
import { run } from '../lib/process.ts';

/**
 * Those of the files that git does not have as they are now, so that deleting them would lose something.
 * @throws Failure where the folder is no clone
 */
async function uncommitted(root: string, paths: readonly string[]): Promise<string[]> {
  const args = ['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames', '--', ...paths];
  const { code, stdout } = await run('git', args, { cwd: root });
  if (code !== 0) {
    throw new Failure('git cannot be asked whether it has these files.', 'Delete them all the same with --force.');
  }
  const entries = stdout.split('\0').filter(Boolean);
  return entries.map((entry) => entry.slice(3));
}

/** @throws Failure where git does not have one of the files as it is now */
export async function assertCommitted(root: string, paths: readonly string[]): Promise<void> {
  const lost = await uncommitted(root, paths);
  if (lost.length === 0) return;
  throw new Failure(
    `git does not have these as they are: ${lost.join(', ')}.`,
    'Commit them first, or delete them all the same with --force.',
  );
}
