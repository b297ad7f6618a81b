import { run } from '../../tools/lib/process.ts';
import { broken } from '../bench.ts';

/** A process of this machine. */
export interface Process {
  readonly pid: number;
  /** The process that leads its group. */
  readonly group: number;
  /** Resident memory in bytes, pages that it shares with others included. */
  readonly bytes: number;
  readonly command: string;
}

/** The processes of groups that have not ended. */
export async function processesIn(groups: readonly number[]): Promise<Process[]> {
  const { code, stdout, stderr } = await run('ps', ['-A', '-o', 'pid=,pgid=,rss=,stat=,command=']);
  if (code !== 0) throw broken(`ps failed: ${stderr.trim()}`);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, group, kilobytes, state, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    const isOne = groups.includes(Number(group)) && state?.startsWith('Z') === false;
    return isOne ? [{ pid: Number(pid), group: Number(group), bytes: Number(kilobytes) * 1024, command }] : [];
  });
}
