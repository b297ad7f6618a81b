import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const repository = resolve(__dirname, '..', '..', '..', '..');

/** Notes each call, and makes what the real npm makes. FAKE_NPM_FAILS: it prints that and fails. */
const fakeNpm = `#!/bin/sh
PATH=/usr/bin:/bin
echo "npm $*" >> "$CALLS"
if [ -n "$FAKE_NPM_FAILS" ]; then echo "npm error $FAKE_NPM_FAILS" >&2; exit 1; fi
rm -rf node_modules; mkdir node_modules
`;

/** Notes each call; a virtual environment that it makes holds itself. FAKE_PYTHON_VERSION, FAKE_VENV and FAKE_PIP_FAILS change it. */
const fakePython = `#!/bin/sh
PATH=/usr/bin:/bin
case "$1 $2" in
  "-c "*) echo "\${FAKE_PYTHON_VERSION:-3 11} $0"; echo "$FAKE_VENV";;
  "-m venv") echo "venv" >> "$CALLS"; mkdir -p "$3/bin"; cp "$0" "$3/bin/python";;
  "-m pip")
    sleep 0.2
    if [ -n "$FAKE_PIP_FAILS" ]; then echo "$FAKE_PIP_FAILS" >&2; exit 1; fi
    echo "pip" >> "$CALLS";;
esac
`;

const standIn = `export async function main(argv: readonly string[]): Promise<number> {
  console.log(argv.join(' '));
  return argv[0] === 'fails' ? 1 : 0;
}`;

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with the launcher and the set-up of this repository, a stand-in for the command, and an npm and a Python that only pretend. */
export class ThrowAwayClone {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'aviary-clone-')));
  readonly programs = join(this.root, 'programs');
  readonly #calls = join(this.root, 'calls');

  constructor() {
    for (const part of ['tools/aviary.mjs', 'tools/setup'])
      cpSync(join(repository, part), join(this.root, part), { recursive: true });
    this.write('package.json', '{ "type": "module" }');
    this.write('package-lock.json', '{ "packages": {} }');
    this.write('tools/cli.ts', standIn);
    for (const name of ['checkov', 'ministack', 'sam', 'schemathesis', 'zizmor'])
      this.write(`tools/requirements/${name}.txt`, `${name}==1`);
    this.writeProgram('npm', fakeNpm);
    this.writeProgram('python3', fakePython);
  }

  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  writeProgram(name: string, text: string): void {
    this.write(`programs/${name}`, text);
    chmodSync(join(this.programs, name), 0o755);
  }

  /** What the pretended programs were asked to do, counted. */
  calls(name: string): number {
    if (!existsSync(this.#calls)) return 0;
    return readFileSync(this.#calls, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith(name)).length;
  }

  /** Runs the launcher, with nothing on PATH but the pretended programs. */
  launch(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    nodeOptions: readonly string[] = [],
  ): Promise<Outcome> {
    const env = { PATH: this.programs, CALLS: this.#calls, ...environment };
    const child = spawn(process.execPath, [...nodeOptions, join(this.root, 'tools', 'aviary.mjs'), ...args], {
      cwd: this.root,
      env,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    return new Promise((done, reject) => {
      child.once('error', reject).once('close', (code) => {
        done({ code, stdout, stderr });
      });
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A clone per test, removed after it. */
export function useClone(): () => ThrowAwayClone {
  let clone: ThrowAwayClone | undefined;
  beforeEach(() => {
    clone = new ThrowAwayClone();
  });
  afterEach(() => clone?.remove());
  return () => {
    if (clone === undefined) throw new Error('A clone is there in a test.');
    return clone;
  };
}
