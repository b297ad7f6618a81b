import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { lambdaMajor } from '../../tools/lib/node-runtime.ts';
import { repository } from './cloud.ts';

const image = `public.ecr.aws/lambda/nodejs:${lambdaMajor}-x86_64`;

function succeeds(command: string, args: readonly string[], timeout: number): boolean {
  return spawnSync(command, args, { stdio: 'ignore', timeout }).status === 0;
}

/** Whether containers can be run here. Where not, the tests that need them are skipped, and counted so. */
export function hasDocker(): boolean {
  return process.platform === 'linux' && process.arch === 'x64' && succeeds('docker', ['info'], 20_000);
}

/** Sees to the image that `sam local invoke` runs a function in: what is there, else AWS's own, else a stand-in. */
export function ensureLambdaImage(): void {
  if (succeeds('docker', ['image', 'inspect', image], 20_000)) return;
  if (succeeds('docker', ['pull', '--quiet', image], 60_000)) return;
  const script = join(repository, 'tests/support/lambda-image/make-image.sh');
  const made = spawnSync('bash', [script, String(lambdaMajor), process.execPath], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`The stand-in image could not be made:\n${made.stderr}`);
}
