import { join } from 'node:path';
import { fallbackMakeFolder } from './fallback-make.ts';
import { lambdaNodeFolder } from './node-runtime.ts';
import { run, type RunOptions, type RunResult } from './process.ts';
import { environmentFolder, programsFolder, withPath } from './python-tools.ts';
import { localEnvironment } from '../local/environment.ts';

/** Runs the SAM CLI to its end in the project's folder. */
export type RunSam = (args: readonly string[], options?: Pick<RunOptions, 'onLine' | 'signal'>) => Promise<RunResult>;

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

/** Absolute path of the pinned SAM CLI. */
export function samProgram(root: string): string {
  return join(programsFolder(root, 'sam'), process.platform === 'win32' ? 'sam.exe' : 'sam');
}

/**
 * Starts the SAM CLI anew for each command.
 * @param endpoint the local cloud's address; without it the person's own AWS settings hold
 */
export function samRunner(root: string, endpoint?: string): RunSam {
  const env = samEnvironment(root, endpoint);
  return (args, options = {}) => run(samProgram(root), args, { cwd: root, ...options, env });
}
