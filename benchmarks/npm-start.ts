import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcessTree, isRunning } from '../tools/lib/process-tree.ts';
import { cloudDirectory } from '../tools/local/cloud.ts';
import { type CloudRecord, readRecord } from '../tools/local/record.ts';
import { broken, cleanEnvironment, type Bench } from './bench.ts';
import { cloneOfThis } from './repositories.ts';

interface StartOptions {
  /** Arguments of `npm start`, besides the port. */
  readonly args?: readonly string[];
  /** Put into its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gets each line as it comes, without its line break. */
  readonly onLine?: (line: string) => void;
}

/** `npm start` in a clone, on a free port. */
export class NpmStart {
  readonly #bench: Bench;
  readonly #root: string;
  readonly #child: ChildProcess;
  #output = '';

  constructor(bench: Bench, root: string, { args = [], env, onLine }: StartOptions = {}) {
    this.#bench = bench;
    this.#root = root;
    this.#child = spawn('npm', ['start', '--', '--port', '0', ...args], {
      cwd: root,
      env: cleanEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that Ctrl-C reaches the benchmark alone, which then stops this in order.
      detached: true,
    });
    this.#child.once('error', (error) => (this.#output += error.message));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue;
      stream.setEncoding('utf8').on('data', (chunk: string) => (this.#output += chunk));
      if (onLine !== undefined) createInterface({ input: stream }).on('line', onLine);
    }
    bench.atEnd(() => this.stop());
  }

  #ended(): boolean {
    return this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** How much it has said so far. */
  get said(): number {
    return this.#output.length;
  }

  /** Waits until it says this, after what it had said at `from`. @throws Failure when it ends or takes too long */
  async says(wanted: RegExp, from = 0): Promise<RegExpExecArray> {
    const end = performance.now() + 120_000;
    for (;;) {
      const found = wanted.exec(this.#output.slice(from));
      if (found) return found;
      this.#bench.signal.throwIfAborted();
      if (this.#ended() || performance.now() > end) {
        const lines = this.#output.slice(from).split('\n').slice(-15).join('\n');
        throw broken(`npm start did not say ${String(wanted)}:\n${lines}`);
      }
      await sleep(5);
    }
  }

  get #record(): CloudRecord {
    const record = readRecord(cloudDirectory(this.#root));
    if (record === undefined) throw broken('npm start runs without a local cloud.');
    return record;
  }

  /** Port of its local cloud. */
  get port(): number {
    return this.#record.port;
  }

  /** The process that runs the command. */
  get owner(): number {
    return this.#record.owner;
  }

  /** The process of its local cloud. */
  get cloud(): number {
    return this.#record.pid;
  }

  /** The groups of all of its processes. */
  get groups(): readonly number[] {
    return [this.#child.pid ?? 0, this.cloud];
  }

  /** Ctrl-C in its terminal: reaches the whole group. Waits until it has ended. */
  async interrupt(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined || this.#ended()) return;
    const ended = once(this.#child, 'close', { signal: this.#bench.signal });
    process.kill(-pid, 'SIGINT');
    await ended;
  }

  /** As Ctrl-C does: asks the process that has the cloud, and waits until all is stopped. Can be called again. */
  async stop(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined || this.#ended()) return;
    const owner = readRecord(cloudDirectory(this.#root))?.owner;
    if (owner !== undefined && isRunning(owner)) process.kill(owner, 'SIGTERM');
    const end = performance.now() + 15_000;
    while (owner !== undefined && isRunning(pid) && !this.#ended() && performance.now() < end) await sleep(20);
    if (!this.#ended()) await endProcessTree(pid);
  }
}

/** This repository, copied, under `npm start`: where it is, and the address of its API, without a slash at the end. */
export async function startThis(bench: Bench): Promise<{ readonly root: string; readonly api: string }> {
  const root = await cloneOfThis(bench);
  const [, api = ''] = await new NpmStart(bench, root).says(/(http:\S+)\/health/);
  return { root, api };
}
