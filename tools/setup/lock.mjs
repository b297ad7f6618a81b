import { mkdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './progress.mjs';
import { stoppedBy } from './stop.mjs';

const beatMs = 2_000;
/** A lock that was not touched for so long belongs to a process that was killed. */
const staleMs = 15_000;

/**
 * Runs `work` while no other process, of this clone or of one that shares the folder, works on the same thing; says
 * `waiting` where it has to wait. The lock is a folder whose time its holder renews: a process id would say nothing
 * between containers that share a volume. Resolves to undefined where a set-up was interrupted while it waited.
 */
export async function withLock(path, waiting, work) {
  mkdirSync(dirname(path), { recursive: true });
  for (let told = false; !take(path); told = true) {
    if (!told) say(waiting);
    dropStale(path);
    await sleep(200);
    if (stoppedBy() !== undefined) return undefined;
  }
  const beat = setInterval(() => utimesSync(path, new Date(), new Date()), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(path, { recursive: true, force: true });
  }
}

/** What a set-up says that waits for another one. */
export function waiting(title) {
  return `${title}: another set-up is at it, waiting …`;
}

function take(path) {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function dropStale(path) {
  if (!isStale(path)) return;
  // Of several that wait, one alone can rename it; the others find it gone, or find the winner's new lock and look again.
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (isStale(aside)) rmSync(aside, { recursive: true, force: true });
    else renameSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function isStale(path) {
  const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return time !== undefined && Date.now() - time > staleMs;
}
