import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcessTree } from '../tools/lib/process-tree.ts';
import { broken, type Bench } from './bench.ts';

const limitMs = 120_000;

interface BackgroundOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Standard input, which stays open; without it there is none. */
  readonly input?: string;
  /** Gets each line as it comes, without its line break. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** A program that runs beside the measurement, in a group of its own: Ctrl-C reaches the benchmark alone, which then stops it in order. */
export class Background {
  readonly #bench: Bench;
  readonly #name: string;
  readonly #child: ChildProcess;
  #output = '';

  /** @param name what it is called where it fails */
  constructor(bench: Bench, name: string, command: readonly string[], options: BackgroundOptions) {
    const { cwd, env, input, onLine } = options;
    this.#bench = bench;
    this.#name = name;
    const [program = '', ...args] = command;
    const stdin = input === undefined ? 'ignore' : 'pipe';
    this.#child = spawn(program, args, { cwd, env, stdio: [stdin, 'pipe', 'pipe'], detached: true });
    this.#child.stdin?.write(input ?? '');
    this.#child.once('error', (error) => (this.#output += error.message));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue;
      stream.setEncoding('utf8').on('data', (chunk: string) => (this.#output += chunk));
      if (onLine !== undefined) createInterface({ input: stream }).on('line', onLine);
    }
  }

  /** Undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  get ended(): boolean {
    return this.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** How much it has said so far. */
  get said(): number {
    return this.#output.length;
  }

  /** Waits until it says this, after what it had said at `from`. @throws Failure when it ends or takes too long */
  async says(wanted: RegExp, from = 0): Promise<RegExpExecArray> {
    const end = performance.now() + limitMs;
    for (;;) {
      const found = wanted.exec(this.#output.slice(from));
      if (found) return found;
      this.#bench.signal.throwIfAborted();
      if (this.ended || performance.now() > end) {
        const lines = this.#output.slice(from).split('\n').slice(-15).join('\n');
        throw broken(`${this.#name} did not say ${String(wanted)}:\n${lines}`);
      }
      await sleep(5);
    }
  }

  /** Ctrl-C in its terminal: reaches the whole group. Waits until it has ended. */
  async interrupt(): Promise<void> {
    if (this.pid === undefined || this.ended) return;
    const ended = once(this.#child, 'close', { signal: this.#bench.signal });
    process.kill(-this.pid, 'SIGINT');
    await ended;
  }

  /** Ends it with all that it has started. Can be called again. */
  async stop(): Promise<void> {
    if (this.pid !== undefined && !this.ended) await endProcessTree(this.pid);
  }
}
