import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Failure } from './failure.ts';
import { endProcessTree } from './process-tree.ts';
import { programsFolder } from './python-tools.ts';
import { samEnvironment, samRunner, type RunSam } from './sam.ts';

/** A SAM CLI that stays loaded. */
export interface SamServer {
  readonly run: RunSam;
  stop(): Promise<void>;
}

const mark = '\u001e';

/**
 * Starts the SAM CLI once for many commands, which saves each of them the second and more that loading it takes. They
 * run one after the other; one that is aborted ends the server. Windows cannot fork a process; there each command starts
 * the SAM CLI anew.
 * @param endpoint the local cloud's address; without it the person's own AWS settings hold
 */
export function startSamServer(root: string, endpoint?: string): SamServer {
  if (process.platform === 'win32') return { run: samRunner(root, endpoint), stop: () => Promise.resolve() };
  const child = spawn(join(programsFolder(root, 'sam'), 'python'), [join(root, 'tools', 'lib', 'sam-server.py')], {
    cwd: root,
    env: { ...samEnvironment(root, endpoint), PYTHONUNBUFFERED: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  // A command may be on its way to it when it ends: `exit` tells of that.
  child.stdin.on('error', () => undefined);
  let listen: (line: string) => void = () => undefined;
  let lost: (error: Error) => void = () => undefined;
  let gone = false;
  createInterface(child.stdout).on('line', (line) => {
    listen(line);
  });
  // What it says while it is loaded is of use where that fails alone.
  const said: string[] = [];
  const ended = (why: readonly string[]): void => {
    gone = true;
    lost(
      new Failure(
        ['The SAM CLI has ended unexpectedly.', ...why].join('\n'),
        'Try again. If it stays so: npm run aviary -- setup.',
      ),
    );
  };
  child.once('error', ({ message }) => {
    ended([message]);
  });
  child.once('exit', () => {
    ended(said.slice(-10));
  });

  const answer = (onLine: (line: string) => void): Promise<string> =>
    new Promise((resolve, reject) => {
      if (gone) reject(new Failure('The SAM CLI has ended.', 'Start again.'));
      lost = reject;
      listen = (line) => {
        if (line.startsWith(mark)) resolve(line.slice(mark.length));
        else onLine(line);
      };
    });
  let turn: Promise<unknown> = answer((line) => said.push(line));
  // A failure to start is told to whoever runs the first command.
  turn.catch(() => undefined);

  const run: RunSam = (args, { onLine, signal } = {}) => {
    const stdout: string[] = [];
    const abort = (): void => {
      if (child.pid !== undefined) void endProcessTree(child.pid);
    };
    const next = turn.then(async () => {
      signal?.throwIfAborted();
      signal?.addEventListener('abort', abort, { once: true });
      try {
        child.stdin.write(`${JSON.stringify(args)}\n`);
        const code = await answer((line) => {
          stdout.push(line);
          onLine?.(line, 'stdout');
        });
        return { code: Number(code), stdout: stdout.join('\n'), stderr: '' };
      } finally {
        signal?.removeEventListener('abort', abort);
        signal?.throwIfAborted();
      }
    });
    turn = next.catch(() => undefined);
    return next;
  };
  const stop = async (): Promise<void> => {
    if (child.pid !== undefined && !gone) await endProcessTree(child.pid, 0);
  };
  return { run, stop };
}
