import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const unknown = 'unknown';

/**
 * The commit of the tree in full, with `-dirty` where a tracked file differs or an untracked one is there; `unknown`
 * outside a repository, without git, and before the first commit.
 */
export async function commitOf(root: string): Promise<string> {
  try {
    const { stdout } = await execute('git', ['status', '--porcelain=v2', '--branch', '-z'], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
    });
    const lines = stdout.split('\0').filter((line) => line !== '');
    const [commit] = lines.flatMap((line) => /^# branch\.oid ([0-9a-f]+)$/.exec(line)?.[1] ?? []);
    if (commit === undefined) return unknown;
    return `${commit}${lines.every((line) => line.startsWith('# ')) ? '' : '-dirty'}`;
  } catch {
    // A deploy does not depend on git: the stack is the record, the commit only names where the code came from.
    return unknown;
  }
}
