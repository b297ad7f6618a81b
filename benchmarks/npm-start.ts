import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../tools/lib/process-tree.ts';
import { cloudDirectory } from '../tools/local/cloud.ts';
import { type CloudRecord, readRecord } from '../tools/local/record.ts';
import { Background } from './background.ts';
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
export class NpmStart extends Background {
  readonly #root: string;

  constructor(bench: Bench, root: string, { args = [], env, onLine }: StartOptions = {}) {
    const command = ['npm', 'start', '--', '--port', '0', ...args];
    super(bench, 'npm start', command, { cwd: root, env: cleanEnvironment(env), onLine });
    this.#root = root;
    bench.atEnd(() => this.stop());
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
    return [this.pid ?? 0, this.cloud];
  }

  /** As Ctrl-C does: asks the process that has the cloud, and waits until all is stopped. */
  override async stop(): Promise<void> {
    const owner = readRecord(cloudDirectory(this.#root))?.owner;
    if (!this.ended && owner !== undefined && isRunning(owner)) process.kill(owner, 'SIGTERM');
    const end = performance.now() + 15_000;
    while (owner !== undefined && !this.ended && performance.now() < end) await sleep(20);
    await super.stop();
  }
}

/** This repository, copied, under `npm start`: where it is, and the address of its API, without a slash at the end. */
export async function startThis(bench: Bench): Promise<{ readonly root: string; readonly api: string }> {
  const root = await cloneOfThis(bench);
  const [, api = ''] = await new NpmStart(bench, root).says(/(http:\S+)\/health/);
  return { root, api };
}
