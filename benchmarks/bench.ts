import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../tools/lib/failure.ts';
import { run, type RunOptions, type RunResult } from '../tools/lib/process.ts';
import { localEnvironment } from '../tools/local/environment.ts';

interface BenchOptions {
  /** The repository. */
  readonly root: string;
  /** A few rounds only, to see that everything works. */
  readonly quick: boolean;
  /** Aborts when the person interrupts. */
  readonly signal: AbortSignal;
}

export interface Timed {
  readonly ms: number;
  readonly result: RunResult;
}

/** What a scenario works with; all that it made and started is gone after {@link Bench.end}. */
export class Bench {
  readonly root: string;
  readonly quick: boolean;
  readonly signal: AbortSignal;
  readonly #ends: (() => Promise<void> | void)[] = [];

  constructor({ root, quick, signal }: BenchOptions) {
    this.root = root;
    this.quick = quick;
    this.signal = signal;
    // SAM leaves an empty folder behind for each function that it builds; it is to be here.
    const temporary = this.folder();
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) {
      const before = process.env[name];
      process.env[name] = temporary;
      this.atEnd(() => {
        if (before === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before;
      });
    }
  }

  /** How often something is done; once or twice in a quick run. */
  rounds(full: number): number {
    return this.quick ? Math.min(full, 2) : full;
  }

  /** Something to be undone at the end, the last one first. */
  atEnd(end: () => Promise<void> | void): void {
    this.#ends.push(end);
  }

  /** Undoes everything; goes on after what fails, and throws that then. */
  async end(): Promise<void> {
    const failures: Error[] = [];
    for (let undo = this.#ends.pop(); undo; undo = this.#ends.pop()) {
      try {
        await undo();
      } catch (error) {
        failures.push(error instanceof Error ? error : new Error(String(error)));
      }
    }
    if (failures[0]) throw failures[0];
  }

  /** A temporary folder, outside of the repository so that nothing in it finds the repository's own files. */
  folder(): string {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'aviary-bench-')));
    this.atEnd(() => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    });
    return folder;
  }

  /** Runs a program and takes its time. @throws Failure where it fails: that time would mean nothing */
  async timed(what: string, command: string, args: readonly string[], options: RunOptions): Promise<Timed> {
    return await this.timedRun(what, () => run(command, args, { ...options, signal: this.signal }));
  }

  /** As {@link timed}, for what runs the program itself. */
  async timedRun(what: string, work: () => Promise<RunResult>): Promise<Timed> {
    const started = performance.now();
    const result = await work();
    const ms = performance.now() - started;
    this.signal.throwIfAborted();
    if (result.code === 0) return { ms, result };
    const said = `${result.stdout}\n${result.stderr}`.split('\n').filter((line) => line.trim() !== '');
    throw broken(`${what} failed (exit code ${result.code}):\n${said.slice(-15).join('\n')}`);
  }
}

/** The failure of a measurement. */
export function broken(problem: string): Failure {
  return new Failure(problem, 'This scenario has no figures; mend the cause, and run it again.');
}

/**
 * The environment of what is measured: without what npm and this process put in, and without the person's AWS settings.
 * Where it asks a cloud that it was not told of, nobody answers.
 */
export function cleanEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|AVIARY_ROOT$|FORCE_COLOR$)/i.test(name));
  return { ...localEnvironment('http://127.0.0.1:9', Object.fromEntries(own)), NO_COLOR: '1', ...more };
}
