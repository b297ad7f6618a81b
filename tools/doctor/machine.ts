import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { run } from '../lib/process.ts';
import { lambdaMajor } from '../lib/node-runtime.ts';
import { cloudDirectory, defaultPort, readCloud } from '../local/cloud.ts';
import { claimPort } from '../local/ports.ts';
import { missing, ok, type Finding } from './finding.ts';

export interface Machine {
  /** The first line that each program says of its version; undefined where it does not run. */
  readonly node: string;
  readonly python: string | undefined;
  readonly docker: string | undefined;
  /** Why the local cloud could not have its port; undefined where it could, or has one. */
  readonly portProblem: string | undefined;
  /** Where AWS's tools would look for credentials first; undefined where they would find none. */
  readonly credentials: string | undefined;
}

/** @param env the environment in which the programs are looked for; this process's own when left out */
export async function readMachine(root: string, env: NodeJS.ProcessEnv = process.env): Promise<Machine> {
  const python = (await version('python3', env)) ?? (await version('python', env));
  return {
    node: process.version,
    python,
    docker: await version('docker', env),
    portProblem: await portProblem(root),
    credentials: credentials(env),
  };
}

async function portProblem(root: string): Promise<string | undefined> {
  if (await readCloud(cloudDirectory(root))) return undefined;
  try {
    await claimPort(defaultPort);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.problem;
    throw error;
  }
}

/** Without asking whether they are good. (AWS SDKs and Tools Reference Guide, "Credential provider chain".) */
function credentials(env: NodeJS.ProcessEnv): string | undefined {
  const variable = ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE'].find((name) => env[name]);
  const file = [env['AWS_CONFIG_FILE'], join(homedir(), '.aws', 'config'), join(homedir(), '.aws', 'credentials')].find(
    (path) => path !== undefined && existsSync(path),
  );
  return variable ?? file;
}

export function judgeMachine({ node, python, docker, portProblem: port, credentials: found }: Machine): Finding[] {
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
    // There are others.
    ok(`Port ${defaultPort}`, port && `${port} Stop that, or start with npm start -- --port 0.`),
    // Only a stage in an account needs them.
    ok('AWS credentials', found ?? 'None are set; what deploys to an account needs them.'),
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
