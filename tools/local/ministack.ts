import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.ts';
import { lambdaNodeFolder } from '../lib/node-runtime.ts';
import { endProcessTree } from '../lib/process-tree.ts';
import { programsFolder, withPath } from '../lib/python-tools.ts';
import { localEndpoint, localEnvironment, localRegion } from './environment.ts';
import { keptObjects, keptState } from './kept-data.ts';
import { answers } from './record.ts';

export interface MiniStackOptions {
  readonly root: string;
  readonly directory: string;
  readonly port: number;
  readonly id: string;
  readonly keep: boolean;
  readonly environment: Readonly<Record<string, string>>;
}

export interface MiniStack {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Its temporary folder, to be removed after it has ended. */
  readonly scratch: string;
}

const patienceMs = 30_000;
/** Functions get this environment too: nothing of the person's but what programs need to start. */
const inherited = /^(PATH|HOME|LANG|LC_\w+|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA)$/i;

/** Starts MiniStack and waits until it answers. Throws Failure with its last lines when it does not. */
export async function startMiniStack(options: MiniStackOptions): Promise<MiniStack> {
  const { root, directory, port, id } = options;
  // Functions are unpacked here. Inside of the repository they would find its node_modules and its `"type": "module"`.
  const scratch = mkdtempSync(join(tmpdir(), 'aviary-'));
  const programs = programsFolder(root, 'ministack');
  const log = openSync(logFile(directory), 'w');
  const child = spawn(join(programs, 'python'), [join(root, 'tools', 'local', 'end-with-parent.py')], {
    cwd: directory,
    env: environmentOf(options, scratch),
    // Standard input stays open as long as this process lives: its end ends MiniStack.
    stdio: ['pipe', log, log],
    // A group of its own, so that Ctrl-C reaches this process alone, which then stops things in order.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  closeSync(log);

  const until = performance.now() + patienceMs;
  let problem: string | undefined;
  child.once('error', (error) => (problem = error.message));
  child.once('exit', () => (problem ??= lastLines(directory)));
  while (problem === undefined && performance.now() < until) {
    if (await answers({ port, id })) {
      const { pid } = child;
      if (pid !== undefined && child.exitCode === null && child.signalCode === null) return { child, pid, scratch };
    }
    await sleep(25);
  }
  if (child.pid !== undefined) await endProcessTree(child.pid, 0);
  rmSync(scratch, { recursive: true, force: true });
  throw new Failure(
    `The local cloud did not start on port ${port}:\n${problem ?? `no answer in ${patienceMs / 1000} s\n${lastLines(directory)}`}`,
    `Read ${logFile(directory)}, and try again.`,
  );
}

/** The last lines of MiniStack's log. */
export function lastLines(directory: string): string {
  const lines = readFileSync(logFile(directory), 'utf8').split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-10)
    .join('\n');
}

function logFile(directory: string): string {
  return join(directory, 'ministack.log');
}

function environmentOf(options: MiniStackOptions, scratch: string): NodeJS.ProcessEnv {
  const { directory, port, id, keep, environment } = options;
  const own = Object.entries(process.env).filter(([name]) => inherited.test(name));
  return {
    ...localEnvironment(localEndpoint(port), withPath(Object.fromEntries(own), [lambdaNodeFolder()])),
    GATEWAY_PORT: String(port),
    // It runs code and asks nobody's name: this machine alone may reach it. The default is every interface.
    BIND_HOST: '127.0.0.1',
    MINISTACK_REGION: localRegion,
    MINISTACK_EDITION: id,
    // Each version that was invoked keeps a Node.js process of 57 MB for so long.
    LAMBDA_WARM_TTL_SECONDS: '60',
    // Listeners on fixed ports that two clouds on one machine would fight over.
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    // At its start it removes containers; it is to find no Docker.
    DOCKER_HOST: `unix://${join(scratch, 'no-docker.sock')}`,
    TMPDIR: scratch,
    TEMP: scratch,
    TMP: scratch,
    TZ: 'UTC',
    PYTHONUNBUFFERED: '1',
    PYTHONUTF8: '1',
    ...(keep && {
      ...{ PERSIST_STATE: '1', STATE_DIR: keptState(directory) },
      ...{ S3_PERSIST: '1', S3_DATA_DIR: keptObjects(directory) },
    }),
    ...environment,
  };
}
