import { dirname } from 'node:path';
import { Failure } from './failure.ts';

/** The Node.js major that the functions' runtime in template.yaml names (tools/setup/node.mjs has it too). */
export const lambdaMajor = 24;

/** The path of the Node.js that functions run on here: the launcher has started the tools with it. */
export function lambdaNode(): string {
  if (process.versions.node.startsWith(`${lambdaMajor}.`)) return process.execPath;
  throw new Failure(
    `This is Node.js ${process.version} and the tools run on ${lambdaMajor}.`,
    'Start them with `node tools/aviary.mjs`, which finds it.',
  );
}

/** The folder that goes first on PATH where programs start \`node\` themselves. */
export function lambdaNodeFolder(): string {
  return dirname(lambdaNode());
}
