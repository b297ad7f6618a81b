import { join } from 'node:path';
import { withLock } from '../setup/lock.mjs';
import type { Connection } from './connection.ts';

/** One change of a stage after the other where several are asked for in this clone, as by saves while another terminal deploys. */
export async function withStageLock<T>({ root, stage }: Connection, work: () => Promise<T>): Promise<T> {
  const lock = join(root, '.aviary', 'deploy', `${stage.name}.lock`);
  const waiting = `Another deploy to ${stage.name} runs in this clone; waiting for it …`;
  const result = await withLock(lock, waiting, work);
  if (result === undefined) throw new Error('only a set-up stops waiting');
  return result;
}
