import { spawn } from 'node:child_process';
import { SetupFailure } from './failure.mjs';

/**
 * Runs the same command in a child in this terminal, and ends as it ends. Ctrl-C at a terminal reaches the child without
 * help, so only a signal that was sent to this process alone is passed on.
 */
export function relay(command, args) {
  const child = spawn(command, args, { stdio: 'inherit' });
  const atTerminal = process.stdin.isTTY === true || process.platform === 'win32';
  const passOn = (signal) => !(signal === 'SIGINT' && atTerminal) && child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, passOn);

  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(
        new SetupFailure(
          `${command} could not be started (${error.message}): install Node.js of its version yourself.`,
        ),
      ),
    );
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, passOn);
      if (signal) process.kill(process.pid, signal);
      else process.exitCode = code ?? 1;
      resolve();
    });
  });
}
