import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../../../../tools/lib/process-tree.ts';

/** Whether a process ends within a few seconds; one that was ended is there until something collects it. */
export async function gone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100 && isRunning(pid); attempt++) await sleep(50);
  return !isRunning(pid);
}
