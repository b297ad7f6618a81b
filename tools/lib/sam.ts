import { join } from 'node:path';
import { fallbackMakeFolder } from './fallback-make.ts';
import { lambdaNodeFolder } from './node-runtime.ts';
import { run, type RunOptions, type RunResult } from './process.ts';
import { environmentFolder, programsFolder, withPath } from './python-tools.ts';
import { localEnvironment } from '../local/environment.ts';

export interface SamOptions extends Omit<RunOptions, 'env'> {
  /** The local cloud's address; without it the person's own AWS settings hold. */
  readonly endpoint?: string;
}

/** The environment that the SAM CLI runs in: with this project's esbuild and Node.js, and a `make` where there is none. */
export function samEnvironment(root: string, endpoint?: string): NodeJS.ProcessEnv {
  const base = endpoint === undefined ? process.env : localEnvironment(endpoint);
  const first = [programsFolder(root, 'sam'), join(root, 'node_modules', '.bin'), lambdaNodeFolder()];
  return {
    ...withPath(base, first, [fallbackMakeFolder(root)]),
    SAM_CLI_TELEMETRY: '0',
    // Seconds between its questions to CloudFormation; the default of 5 is for an account that limits them.
    ...(endpoint === undefined ? {} : { SAM_CLI_POLL_DELAY: '0.1' }),
    // SAM's own settings, apart from the person's: it would look for newer versions of itself once a week.
    __SAM_CLI_APP_DIR: join(environmentFolder(root, 'sam'), 'settings'),
  };
}

/** Runs the SAM CLI to its end in the project's folder. */
export async function runSam(root: string, args: readonly string[], options: SamOptions = {}): Promise<RunResult> {
  const { endpoint, ...rest } = options;
  const program = join(programsFolder(root, 'sam'), process.platform === 'win32' ? 'sam.exe' : 'sam');
  return await run(program, args, { cwd: root, ...rest, env: samEnvironment(root, endpoint) });
}
