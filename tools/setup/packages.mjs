import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { capture, lastLines } from './capture.mjs';
import { SetupFailure } from './failure.mjs';
import { waiting, withLock } from './lock.mjs';
import { step } from './progress.mjs';
import { stoppedBy } from './stop.mjs';

/** Installs what package-lock.json names, unless it is there. A linked node_modules belongs to another clone. */
export async function ensurePackages(root) {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const modules = join(root, 'node_modules');
  const stamp = join(modules, '.aviary-stamp');
  if (read(stamp) === wanted) return;
  const folder = lstatSync(modules, { throwIfNoEntry: false });
  if (folder?.isSymbolicLink()) return;

  const title = folder ? 'Installing npm packages (package-lock.json changed)' : 'Installing npm packages (first run)';
  await withLock(join(root, '.aviary', 'npm.lock'), waiting(title), async () => {
    if (read(stamp) === wanted) return;
    if (!matchesLock(root)) await step(title, () => install(root));
    if (stoppedBy() === undefined) writeFileSync(stamp, wanted);
  });
}

async function install(root) {
  if (process.platform === 'win32' && process.execPath.startsWith(join(root, 'node_modules') + sep)) {
    throw new SetupFailure(
      'The npm packages are out of date, and npm cannot replace the Node.js that runs: run `npm ci`.',
    );
  }
  // The tools are dev dependencies, so NODE_ENV=production or an `omit` in .npmrc must not leave them out.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath ?? '';
  const { code, output } = /^npm-cli\.c?js$/.test(basename(npm))
    ? await capture(process.execPath, [npm, ...args], { cwd: root })
    : await capture('npm', args, { cwd: root });
  if (code === 0 || stoppedBy() !== undefined) return;
  throw new SetupFailure(
    code === -1
      ? `npm could not be started (${output}): install Node.js with npm and start again.`
      : `${reason(output)}\nnpm could not install the packages: see its message above, then start again or run \`npm ci\`.`,
  );
}

/** npm says what is wrong first and explains its usage for pages after. */
function reason(output) {
  const errors = output.split(/\r?\n/).filter((line) => /^npm (error|ERR!) +\S/.test(line));
  return errors.length > 0 ? errors.slice(0, 8).join('\n') : lastLines(output, 8);
}

/** Whether a person's own `npm install` or `npm ci` has left exactly what the lock file says (npm keeps its own record). */
function matchesLock(root) {
  const record = read(join(root, 'node_modules', '.package-lock.json'));
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages;
  const locked = JSON.parse(read(join(root, 'package-lock.json'))).packages;
  const same = ([path, entry]) =>
    path === '' || (installed[path] ? installed[path].integrity === entry.integrity : mayBeMissing(entry));
  return Object.entries(locked).every(same) && Object.keys(installed).every((path) => path in locked);
}

/** An optional package that names this platform is needed; others are left out, with what they depend on. */
function mayBeMissing({ optional, os, cpu, libc }) {
  const meets = (list, value) => list === undefined || [list].flat().includes(value);
  const namesPlatform = (os !== undefined || cpu !== undefined) && libc === undefined;
  return optional === true && !(namesPlatform && meets(os, process.platform) && meets(cpu, process.arch));
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
