import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const unknown = 'unknown';
const dirty = '-dirty';

/**
 * The commit of the tree in full, with `-dirty` where a tracked file differs or an untracked one is there; `unknown`
 * outside a repository, without git, and before the first commit.
 * @param saved paths from the root that probably differ: where one does, nothing else is looked at
 */
export async function commitOf(root: string, saved: readonly string[] = []): Promise<string> {
  const near = saved.length > 0 ? await describe(root, saved) : undefined;
  return near?.endsWith(dirty) === true ? near : await describe(root, []);
}

async function describe(root: string, paths: readonly string[]): Promise<string> {
  try {
    const status = ['--literal-pathspecs', 'status', '--porcelain=v2', '--branch', '-z', '--', ...paths];
    const { stdout } = await execute('git', status, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
    const lines = stdout.split('\0').filter((line) => line !== '');
    const [commit] = lines.flatMap((line) => /^# branch\.oid ([0-9a-f]+)$/.exec(line)?.[1] ?? []);
    if (commit === undefined) return unknown;
    return `${commit}${lines.every((line) => line.startsWith('# ')) ? '' : dirty}`;
  } catch {
    // A deploy does not depend on git: the stack is the record, the commit only names where the code came from.
    return unknown;
  }
}
