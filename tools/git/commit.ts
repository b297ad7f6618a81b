import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * The commit of the tree in full, with `-dirty` where a tracked file differs or an untracked one is there; `unknown`
 * outside a repository, without git, and before the first commit.
 */
export async function commitOf(root: string): Promise<string> {
  try {
    const [head, changes] = await Promise.all([
      execute('git', ['rev-parse', 'HEAD'], { cwd: root }),
      execute('git', ['status', '--porcelain', '-z'], { cwd: root, maxBuffer: 64 * 1024 * 1024 }),
    ]);
    return `${head.stdout.trim()}${changes.stdout === '' ? '' : '-dirty'}`;
  } catch {
    // A deploy does not depend on git: the stack is the record, the commit only names where the code came from.
    return 'unknown';
  }
}
