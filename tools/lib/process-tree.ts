import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process with this id runs (one of another user counts). */
export function isRunning(pid: number): boolean {
  return signals(pid, 0);
}

/**
 * Ends a program that leads a process group, and all that it has started: asks, and after `graceMs` insists. What the
 * leader has left behind is ended too. On Windows it insists at once, having no way to ask.
 */
export async function endProcessTree(pid: number, graceMs = 5_000): Promise<void> {
  if (process.platform === 'win32') {
    const kill = spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    await new Promise((resolve) => kill.once('close', resolve).once('error', resolve));
    return;
  }
  const until = performance.now() + graceMs;
  if (graceMs > 0 && signals(-pid, 'SIGTERM')) {
    while (isRunning(pid) && performance.now() < until) await sleep(20);
  }
  signals(-pid, 'SIGKILL');
  // Not until all are gone: one that nobody collects, as in a container without init, keeps its place in the table.
  const gone = performance.now() + 200;
  while (signals(-pid, 0) && performance.now() < gone) await sleep(10);
}

/** Sends a signal; false where nothing is there to get it. */
function signals(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
