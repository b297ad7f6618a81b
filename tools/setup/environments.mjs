import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, lastLines } from './capture.mjs';
import { SetupFailure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { step } from './progress.mjs';
import { findPython, pythonEnvironment } from './python.mjs';
import { stoppedBy } from './stop.mjs';

const titles = { sam: 'Installing the SAM CLI', ministack: 'Installing MiniStack (the local cloud)' };

/** The virtual environments by name, as { name, folder, requirements, wanted }. tools/lib/python-tools.ts finds them likewise. */
function describe(root, name) {
  const requirements = join(root, 'tools', 'requirements', `${name}.txt`);
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  // In a folder that clones share, clones of another commit want other versions: they get folders of their own.
  const shared = process.env.AVIARY_VENVS;
  const folder = shared ? join(shared, `${name}-${hash.slice(0, 12)}`) : join(root, '.aviary', 'venv', name);
  // A virtual environment holds its own path, so a folder that was moved or copied is made anew.
  return { name, folder, requirements, wanted: `${hash} ${folder}` };
}

/** Makes those of the named virtual environments that are not there, all at the same time. */
export async function ensureEnvironments(root, names) {
  const missing = names.map((name) => describe(root, name)).filter((environment) => !isReady(environment));
  if (missing.length === 0) return;
  const python = await findPython();
  const results = await Promise.allSettled(missing.map((environment) => ensure(environment, python)));
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

/** The stamp is written last: a folder without one is half made. Its Python may have been uninstalled since. */
function isReady({ folder, wanted }) {
  try {
    return (
      readFileSync(join(folder, '.aviary-stamp'), 'utf8').startsWith(`${wanted}\n`) && existsSync(pythonOf(folder))
    );
  } catch {
    return false;
  }
}

async function ensure(environment, python) {
  const { name, folder, wanted } = environment;
  await withLock(`${folder}.lock`, titles[name], async () => {
    if (isReady(environment)) return;
    await step(titles[name], () => make(environment, python));
    if (stoppedBy() === undefined)
      writeFileSync(join(folder, '.aviary-stamp'), `${wanted}\nPython ${python.version}\n`);
  });
}

async function make({ name, folder, requirements }, python) {
  rmSync(folder, { recursive: true, force: true });
  await must(python.command, ['-m', 'venv', folder], `${python.command} could not make a virtual environment`);
  const quietly = ['--quiet', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off'];
  // Every package is named with its hash, so pip has nothing to resolve; Python compiles what it uses at the first use.
  const args = [
    '-m',
    'pip',
    'install',
    ...quietly,
    '--no-deps',
    '--no-compile',
    '--require-hashes',
    '-r',
    requirements,
  ];
  await must(pythonOf(folder), args, `pip could not install ${name}`);
  if (name === 'sam') writeSamSettings(folder);
}

/** SAM CLI's own settings, apart from the person's: without them it asks its registry for newer versions of itself. */
function writeSamSettings(folder) {
  const settings = { installationId: 'aviary', telemetryEnabled: false, lastVersionCheck: Date.UTC(2100, 0) / 1000 };
  mkdirSync(join(folder, 'settings'));
  writeFileSync(join(folder, 'settings', 'metadata.json'), JSON.stringify(settings));
}

async function must(command, args, problem) {
  if (stoppedBy() !== undefined) return;
  const { code, output } = await capture(command, args, { env: pythonEnvironment() });
  if (code === 0 || stoppedBy() !== undefined) return;
  throw new SetupFailure(
    `${lastLines(output, 3)}\n${problem}: see the message above (network, proxy, disk?), then start again.`,
  );
}

function pythonOf(folder) {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}
