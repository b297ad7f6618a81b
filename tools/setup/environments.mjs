import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { capture, lastLines } from './capture.mjs';
import { SetupFailure } from './failure.mjs';
import { waiting, withLock } from './lock.mjs';
import { step } from './progress.mjs';
import { findPython, pythonEnvironment } from './python.mjs';
import { stoppedBy } from './stop.mjs';

const titles = {
  checkov: 'Installing checkov (rules of security over the templates)',
  sam: 'Installing the SAM CLI',
  schemathesis: 'Installing schemathesis (tests of the API by its description)',
  ministack: 'Installing MiniStack (the local cloud)',
  zizmor: 'Installing zizmor (lint of workflows)',
};

/** A virtual environment, as { name, folder, requirements, hash }. tools/lib/python-tools.ts finds the folder likewise. */
function describe(root, name) {
  const requirements = join(root, 'tools', 'requirements', `${name}.txt`);
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  // The folder is named after its content: clones of different commits can share what AVIARY_VENVS names.
  const folder = join(process.env.AVIARY_VENVS || join(root, '.aviary', 'venv'), `${name}-${hash.slice(0, 12)}`);
  return { name, folder, requirements, hash };
}

/** A virtual environment holds its own path, so one that was moved or copied is made anew; a link to it is no move. */
function stampOf({ folder, hash }) {
  return `${hash} ${realpathSync(folder)}`;
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
function isReady(environment) {
  const { folder } = environment;
  try {
    const stamp = readFileSync(join(folder, '.aviary-stamp'), 'utf8');
    return stamp.startsWith(`${stampOf(environment)}\n`) && existsSync(pythonOf(folder));
  } catch {
    return false;
  }
}

async function ensure(environment, python) {
  const { name, folder } = environment;
  await withLock(`${folder}.lock`, waiting(titles[name]), async () => {
    if (isReady(environment)) return;
    await step(titles[name], () => make(environment, python));
    if (stoppedBy() !== undefined) return;
    writeFileSync(join(folder, '.aviary-stamp'), `${stampOf(environment)}\nPython ${python.version}\n`);
    if (!process.env.AVIARY_VENVS) dropOthers(environment);
  });
}

/** Removes this clone's environments for earlier versions: one of them takes 340 MB. */
function dropOthers({ name, folder }) {
  const all = readdirSync(dirname(folder));
  const others = all.filter((each) => each.startsWith(`${name}-`) && !each.startsWith(basename(folder)));
  for (const each of others) rmSync(join(dirname(folder), each), { recursive: true, force: true });
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
  // A time that is no fraction is not read as one.
  const lastVersionCheck = Date.UTC(2100, 0) / 1000 + 0.5;
  const settings = { installationId: 'aviary', telemetryEnabled: false, lastVersionCheck };
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
