import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureEnvironments } from './environments.mjs';
import { SetupFailure } from './failure.mjs';
import { findLambdaNode, lambdaMajor, quiet, runsTools } from './node.mjs';
import { ensurePackages } from './packages.mjs';
import { relay } from './relay.mjs';
import { stoppedBy, stopSetup } from './stop.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const signals = { SIGINT: 130, SIGTERM: 143 };

/** Commands that are no command of the product: each has a file of its own. */
const scripts = {
  test: 'tests/run.mjs',
  check: 'tools/check.ts',
  bench: 'benchmarks/run.ts',
  load: 'benchmarks/load/run.ts',
  recording: 'benchmarks/recording/run.ts',
  mutation: 'tests/mutation/run.mjs',
};

/** What each command needs besides the npm packages. */
const needs = {
  setup: ['checkov', 'ministack', 'sam', 'schemathesis', 'zizmor'],
  start: ['sam', 'ministack'],
  test: ['checkov', 'ministack', 'sam', 'schemathesis', 'zizmor'],
  bench: ['sam', 'ministack'],
  load: ['sam', 'ministack'],
  recording: ['sam', 'ministack'],
  deploy: ['sam'],
  promote: ['sam'],
  rollback: ['sam'],
  preview: ['sam'],
  pin: ['sam'],
  unpin: ['sam'],
  sam: ['sam'],
  build: ['sam'],
  report: ['sam'],
  check: ['sam', 'zizmor'],
};

/** Makes sure of the set-up, then runs the command on Lambda's Node.js: here when this is one, else in a child. */
export async function launch(argv) {
  // Never inherited: a test that starts the launcher of another clone means that clone.
  process.env.AVIARY_ROOT = root;
  try {
    const code = await setUp(argv);
    if (code !== undefined) return leave(code);
    if (argv[0] === 'setup') return leave(0);
    if (runsTools()) return leave(await runHere(argv));
    await relay(lambdaNode(), [quiet, process.argv[1], ...argv]);
  } catch (error) {
    const expected = error instanceof Error && error.name === 'Failure';
    console.error(expected ? error.message : error);
    leave(expected ? (error.exitCode ?? 2) : 2);
  }
}

/** Resolves to an exit code when it was interrupted. */
async function setUp(argv) {
  if (process.env.AVIARY_SKIP_INSTALL === '1') return undefined;
  const handlers = Object.entries(signals).map(([signal, code]) => [signal, () => stopSetup(code)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const jobs = [ensurePackages(root), ensureEnvironments(root, needs[argv[0]] ?? [])];
  // One that fails stops the others, so that nothing is left at work when the failure is shown.
  for (const job of jobs) job.catch(() => stopSetup(2));
  const failed = (await Promise.allSettled(jobs)).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  for (const [signal, handler] of handlers) process.off(signal, handler);
  return stoppedBy();
}

async function runHere(argv) {
  module.enableCompileCache?.(join(root, '.aviary', 'cache', 'compile'));
  const [command] = argv;
  const own = Object.hasOwn(scripts, command ?? '');
  const { main } = await import(pathToFileURL(join(root, own ? scripts[command] : 'tools/cli.ts')).href);
  return main(own ? argv.slice(1) : argv);
}

function lambdaNode() {
  const node = findLambdaNode(root);
  if (node !== undefined) return node;
  const left = existsSync(join(root, 'node_modules'))
    ? ', and npm has not installed it (optional packages left out?)'
    : '';
  throw new SetupFailure(
    `The tools run on Node.js ${lambdaMajor}, as the functions do; this is ${process.version}${left}: install Node.js ${lambdaMajor}.`,
  );
}

/** Ends the process although a connection may be open; what was written to stdout is out by then. */
function leave(code) {
  process.stdout.write('', () => process.exit(code));
}
