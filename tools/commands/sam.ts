import { spawn } from 'node:child_process';
import { samEnvironment, samProgram } from '../lib/sam.ts';
import { Failure } from '../lib/failure.ts';

export const help = `Runs the SAM CLI that this repository pins, with its esbuild and Node.js.

Usage: npm run aviary -- sam <arguments of sam>

Example: npm run aviary -- sam local invoke Processor -e functions/processor/events/create.json
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const child = spawn(samProgram(root), args, { cwd: root, env: samEnvironment(root), stdio: 'inherit' });
  // Ctrl-C reaches SAM too: it ends by itself, and this after it.
  const wait = (): undefined => undefined;
  process.on('SIGINT', wait);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', (cause) => {
        reject(
          new Failure('The SAM CLI could not be started.', 'Set it up again: npm run aviary -- setup.', { cause }),
        );
      });
      child.once('close', (code) => {
        resolve(code ?? 1);
      });
    });
  } finally {
    process.off('SIGINT', wait);
  }
}
