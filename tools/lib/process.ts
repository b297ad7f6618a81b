import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Failure } from './failure.ts';
import { endProcessTree } from './process-tree.ts';

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment; this process's own when left out. */
  readonly env?: NodeJS.ProcessEnv;
  /** Gets each line as it comes, without its line break. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Ends the program and all that it has started; `run` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface RunResult {
  /** The exit code, or 128 where a signal ended the program. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, without a terminal and without a shell. Throws Failure when it cannot be started. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { cwd, env = process.env, onLine, signal } = options;
  signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own is what can be ended as a whole; without a signal the program stays in the terminal's group.
    detached: signal !== undefined && process.platform !== 'win32',
  });
  const abort = (): void => {
    if (child.pid !== undefined) void endProcessTree(child.pid);
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', (error) => {
        reject(
          new Failure(`${command} could not be started.`, `Check that it is installed (${error.message}).`, {
            cause: error,
          }),
        );
      });
      child.once('close', (code) => {
        resolve(code ?? 128);
      });
    });
    const output = Promise.all([collect(child.stdout, 'stdout', onLine), collect(child.stderr, 'stderr', onLine)]);
    const code = await ended;
    const [stdout, stderr] = await output;
    signal?.throwIfAborted();
    return { code, stdout, stderr };
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

async function collect(stream: Readable, name: 'stdout' | 'stderr', onLine: RunOptions['onLine']): Promise<string> {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  if (onLine === undefined) await new Promise((resolve) => stream.once('close', resolve));
  else for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) onLine(line, name);
  return text;
}
