import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from './failure.ts';

export type PythonTool = 'checkov' | 'sam' | 'ministack' | 'schemathesis' | 'zizmor';

/** The folder of a tool's virtual environment; the same rule as in tools/setup/environments.mjs, which makes them. */
export function environmentFolder(root: string, tool: PythonTool): string {
  const requirements = readFileSync(join(root, 'tools', 'requirements', `${tool}.txt`));
  const hash = createHash('sha256').update(requirements).digest('hex').slice(0, 12);
  const shared = process.env['AVIARY_VENVS'] ?? '';
  return join(shared === '' ? join(root, '.aviary', 'venv') : shared, `${tool}-${hash}`);
}

/** The folder of the programs in a tool's virtual environment. Throws Failure when it was not made. */
export function programsFolder(root: string, tool: PythonTool): string {
  const folder = environmentFolder(root, tool);
  if (!existsSync(join(folder, '.aviary-stamp')))
    throw new Failure(`The Python environment for ${tool} is missing.`, 'Run `node tools/aviary.mjs setup`.');
  return join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
}

/** PATH with folders in front and behind. On Windows its name may be written otherwise, so all spellings are replaced. */
export function withPath(
  environment: NodeJS.ProcessEnv,
  first: readonly string[],
  last: readonly string[] = [],
): NodeJS.ProcessEnv {
  const isPath = (name: string): boolean => name === 'PATH' || (process.platform === 'win32' && /^path$/i.test(name));
  const paths = Object.entries(environment).filter(([name]) => isPath(name));
  const others = Object.entries(environment).filter(([name]) => !isPath(name));
  const found = paths.flatMap(([, value]) => (value === undefined || value === '' ? [] : [value]));
  return { ...Object.fromEntries(others), PATH: [...first, ...found, ...last].join(delimiter) };
}
