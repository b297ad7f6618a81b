import { capture } from './capture.mjs';
import { SetupFailure } from './failure.mjs';

const oldest = [3, 10];
const sentence = `Python ${oldest.join('.')} or newer`;
// macOS brings 3.9 as python3, beside which people install versions by name.
const names = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const probe = `import sys
print("%d %d %s" % (sys.version_info[0], sys.version_info[1], sys.executable))
try:
  import venv, ensurepip
except ImportError:
  print("no venv")`;

/** Finds a Python that the SAM CLI and MiniStack run on. Resolves to { command, version }. */
export async function findPython() {
  const wanted = process.env.AVIARY_PYTHON;
  const candidates = wanted ? [[wanted]] : names.map((name) => [name]);
  if (!wanted && process.platform === 'win32') candidates.unshift(['py', '-3']);

  let seen;
  for (const [command, ...args] of candidates) {
    const { code, output } = await capture(command, [...args, '-c', probe], { env: pythonEnvironment() });
    const found = /^(\d+) (\d+) (.+?)\r?$/m.exec(output);
    if (code !== 0 || !found) continue;
    const version = `${found[1]}.${found[2]}`;
    if (Number(found[1]) === oldest[0] && Number(found[2]) >= oldest[1]) {
      if (!output.includes('no venv')) return { command: found[3], version };
      seen = `Python ${version} (${found[3]}) cannot make virtual environments: install them (on Debian and Ubuntu: apt-get install python3-venv).`;
    }
    seen ??= `${sentence} is needed and this machine has ${version} (${found[3]}): install a newer one, or name it in AVIARY_PYTHON.`;
  }
  if (wanted) seen ??= `AVIARY_PYTHON names ${wanted}, which does not run: give it the path of ${sentence}.`;
  throw new SetupFailure(
    seen ??
      `${sentence} is needed for the SAM CLI and was not found: install it (python.org), or name it in AVIARY_PYTHON.`,
  );
}

/** This process's environment without what leads Python to packages outside of a virtual environment. */
export function pythonEnvironment() {
  const astray = /^(PYTHONHOME|PYTHONPATH|PIP_USER|PIP_TARGET|PIP_PREFIX|__PYVENV_LAUNCHER__)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !astray.test(name)));
}
