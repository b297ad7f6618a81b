import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { endProcessTree } from '../../tools/lib/process-tree.ts';
import { cleanEnvironment, type Bench } from '../bench.ts';

/** `aviary logs --follow` in a clone. */
export interface FollowedLogs {
  /** How many it has shown so far. */
  readonly lines: number;
  stop(): Promise<void>;
}

export function followLogs(bench: Bench, root: string): FollowedLogs {
  const child = spawn(process.execPath, [join(root, 'tools', 'aviary.mjs'), 'logs', '--follow', '--raw'], {
    cwd: root,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  let lines = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (lines += chunk.split('\n').length - 1));
  const stop = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      await endProcessTree(child.pid);
  };
  bench.atEnd(stop);
  return {
    get lines() {
      return lines;
    },
    stop,
  };
}
