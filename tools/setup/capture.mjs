import { spawn } from 'node:child_process';
import { stopSignal } from './stop.mjs';

/** Runs a program to its end without a terminal. Resolves to { code, output }; code is -1 when it could not be started. */
export function capture(command, args, { cwd, env = process.env } = {}) {
  return new Promise((resolve) => {
    // npm is a .cmd file on Windows, which only a shell starts. Nothing that is passed holds a space or comes from outside.
    const shell = process.platform === 'win32' && command === 'npm';
    const stdio = ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, env, shell, stdio, signal: stopSignal, windowsHide: true });
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => child.pid === undefined && resolve({ code: -1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** The last lines of an output that say something. */
export function lastLines(output, count) {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.slice(-count).join('\n');
}
