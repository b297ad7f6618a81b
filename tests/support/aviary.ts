import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `node tools/aviary.mjs …` in a clone, still running. */
export class AviaryProcess {
  readonly child: ChildProcess;
  readonly outcome: Promise<Outcome>;
  stdout = '';
  stderr = '';
  #told: (() => void)[] = [];

  constructor(root: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [join(root, 'tools', 'aviary.mjs'), ...args], {
      cwd: root,
      env: { ...own(), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stdout += chunk;
      this.#tell();
    });
    this.child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stderr += chunk;
      this.#tell();
    });
    this.outcome = new Promise((resolve, reject) => {
      this.child.once('error', reject).once('close', (code) => {
        resolve({ code, stdout: this.stdout, stderr: this.stderr });
        this.#tell();
      });
    });
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('It was not started.');
    return this.child.pid;
  }

  /**
   * Waits until it has said this on stderr, after what was there at `from`. Its end without it is an error, and so are
   * 100 seconds without it: jest, which gives up after 120, would not show what it said instead.
   */
  async says(wanted: RegExp, from = 0): Promise<RegExpExecArray> {
    const late = sleep(100_000, 'late', { ref: false });
    for (;;) {
      const said = this.stderr.slice(from);
      const found = wanted.exec(said);
      if (found) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`It ended without saying ${String(wanted)}:\n${this.stderr}`);
      const more = new Promise<void>((resolve) => this.#told.push(resolve));
      if ((await Promise.race([late, more])) === 'late')
        throw new Error(`It does not say ${String(wanted)}. It said:\n${said}`);
    }
  }

  #tell(): void {
    const told = this.#told;
    this.#told = [];
    for (const each of told) each();
  }
}

/** Runs `node tools/aviary.mjs …` in a clone to its end. */
export function aviary(
  root: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return new AviaryProcess(root, args, environment).outcome;
}

/** As {@link aviary}, with `--json`, for a command that has to succeed. `T` is what the test knows of its data. */
export async function aviaryJson<T>(root: string, args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await aviary(root, [...args, '--json']);
  if (code !== 0) throw new Error(`aviary ${args.join(' ')} ended with ${String(code)}:\n${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}

/** This process's environment without what jest, npm and a person's AWS settings put in. */
function own(): NodeJS.ProcessEnv {
  const foreign = /^(AWS_|SAM_|JEST_|NODE_ENV$|npm_|AVIARY_ROOT$|NODE_CHANNEL_|FORCE_COLOR$)/i;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))),
    NO_COLOR: '1',
  };
}
