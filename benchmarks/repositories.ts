import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../tools/lib/process.ts';
import { environmentFolder } from '../tools/lib/python-tools.ts';
import { broken, cleanEnvironment, type Bench } from './bench.ts';
import { generateRepository } from './generate-repository.ts';

/** A repository of so many functions, as a clone in which everything is installed. */
export async function generatedClone(bench: Bench, functions: number): Promise<string> {
  const folder = join(bench.folder(), 'repository');
  generateRepository(bench.root, folder, functions);
  await settle(bench, folder);
  return folder;
}

/** This repository as it is on disk, what git ignores apart, as a clone in which everything is installed. */
export async function cloneOfThis(bench: Bench): Promise<string> {
  const folder = join(bench.folder(), 'repository');
  const listed = await git(bench, bench.root, 'ls-files', '-co', '--exclude-standard', '-z');
  for (const path of listed.split('\0')) {
    // Listed and not there: removed, and not committed yet.
    if (path !== '' && existsSync(join(bench.root, path))) cpSync(join(bench.root, path), join(folder, path));
  }
  symlinkSync(join(bench.root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  await settle(bench, folder);
  return folder;
}

/**
 * Changes what plain SAM is refused for: CodeDeploy by the local cloud, and an empty parameter by SAM if not in quotes. API keys
 * too: an `Fn::If` that says whether one is asked for SAM takes for yes, where nobody has written in what it comes to.
 */
export function forPlainSam(folder: string): void {
  const change = (path: string, from: RegExp, to: string): void => {
    const file = join(folder, path);
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  };
  change('template.yaml', /^( +)DeploymentPreference:\n(?:\1 +.*\n)+/gm, '');
  change('template.yaml', /^ +(?:Add)?ApiKeyRequired\w*:.*\n/gm, '');
  // The local cloud gives its functions its own address where they have none.
  change('template.yaml', /^ +AWS_ENDPOINT_URL:.*\n/gm, '');
  change('samconfig.toml', /"(\w+)="/g, String.raw`"$1=\"\""`);
}

/** Replaces one text in a file of a repository. */
export function edit(folder: string, path: string, from: string | RegExp, to: string): void {
  const file = join(folder, path);
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(from, () => to);
  if (changed === text) throw broken(`${path} has no longer what the benchmark changes in it.`);
  writeFileSync(file, changed);
}

/** The Python environments of this repository, and a commit, as in a clone that is worked in. */
async function settle(bench: Bench, folder: string): Promise<void> {
  mkdirSync(join(folder, '.aviary'), { recursive: true });
  symlinkSync(dirname(environmentFolder(bench.root, 'sam')), join(folder, '.aviary', 'venv'), 'dir');
  await git(bench, folder, 'init', '--quiet');
  // `node_modules/` in .gitignore does not speak of a link.
  writeFileSync(join(folder, '.git', 'info', 'exclude'), 'node_modules\n.aviary/\n.aws-sam/\n');
  await git(bench, folder, 'add', '--all');
  await git(bench, folder, 'commit', '--quiet', '--message', 'The repository');
}

async function git(bench: Bench, cwd: string, ...args: string[]): Promise<string> {
  const settings = ['user.name=Bench', 'user.email=bench@example.com', 'commit.gpgsign=false'];
  const all = [...settings.flatMap((setting) => ['-c', setting]), ...args];
  const { code, stdout, stderr } = await run('git', all, { cwd, env: cleanEnvironment(), signal: bench.signal });
  if (code !== 0) throw broken(`git ${args[0] ?? ''} failed: ${stderr.trim()}`);
  return stdout;
}
