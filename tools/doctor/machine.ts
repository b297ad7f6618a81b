import { run } from '../lib/process.ts';
import { lambdaMajor } from '../lib/node-runtime.ts';
import { missing, ok, type Finding } from './finding.ts';

/** The first line that each program says of its version; undefined where it does not run. */
export interface Machine {
  readonly node: string;
  readonly python: string | undefined;
  readonly docker: string | undefined;
}

/** @param env the environment in which the programs are looked for; this process's own when left out */
export async function readMachine(env: NodeJS.ProcessEnv = process.env): Promise<Machine> {
  const python = (await version('python3', env)) ?? (await version('python', env));
  return { node: process.version, python, docker: await version('docker', env) };
}

export function judgeMachine({ node, python, docker }: Machine): Finding[] {
  return [
    node.startsWith(`v${lambdaMajor}.`)
      ? ok('Node.js', node)
      : missing(
          'Node.js',
          `This is ${node}.`,
          `Start the command with node tools/aviary.mjs, which finds ${lambdaMajor}.`,
        ),
    isPython(python)
      ? ok('Python', python)
      : missing(
          'Python',
          python === undefined ? 'It is not there.' : `This is ${python}.`,
          'Install Python 3.10 or newer, or name it in AVIARY_PYTHON.',
        ),
    // Only sam local invoke needs it.
    ok('Docker', docker ?? 'It is not there; sam local invoke alone needs it.'),
  ];
}

function isPython(text: string | undefined): boolean {
  const [, major, minor] = /^Python (\d+)\.(\d+)/.exec(text ?? '') ?? [];
  return major === '3' && Number(minor) >= 10;
}

async function version(program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { code, stdout } = await run(program, ['--version'], { env });
    return code === 0 ? stdout.split('\n')[0]?.trim() : undefined;
  } catch {
    return undefined;
  }
}
