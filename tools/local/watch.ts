import { watch } from 'chokidar';
import { Failure } from '../lib/failure.ts';
import { fail, info } from '../lib/log.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import type { Connection } from '../stack/connection.ts';
import { deployStage, type DeployOptions } from '../stack/deploy-stage.ts';

/** What a deploy is made from; a change elsewhere cannot change what runs. */
const watched = [
  'functions',
  'layers',
  'infra',
  'template.yaml',
  'samconfig.toml',
  'package-lock.json',
  'tsconfig.json',
];
/** An editor that saves all writes several files at once. */
const settleMs = 40;

/**
 * Deploys again on save, until it is interrupted; says what was deployed and how long it took. What does not compile or
 * is refused is said, and what ran before runs on. Saves during a deploy are deployed after it, together.
 */
export async function watchAndDeploy(connection: Connection, options: Omit<DeployOptions, 'step'>): Promise<void> {
  const { signal } = options;
  const watcher = watch([...watched], {
    cwd: connection.root,
    ignoreInitial: true,
    ignored: (path) => path.endsWith('~'),
  });
  const pending = new Set<string>();
  let wake = (): void => undefined;
  watcher.on('all', (_event, path) => {
    pending.add(path);
    wake();
  });
  const stop = (): void => {
    wake();
  };
  signal?.addEventListener('abort', stop);
  await new Promise<void>((resolve) =>
    watcher.once('ready', () => {
      resolve();
    }),
  );
  info('Watching. Save a file to deploy what it reaches; Ctrl-C stops everything.');
  const interrupted = (): boolean => signal?.aborted === true;
  const saved = async (): Promise<boolean> => {
    if (pending.size === 0 && !interrupted()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return !interrupted();
  };
  while (await saved()) {
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const paths = [...pending];
    pending.clear();
    await deployOnce(connection, options, paths);
  }
  signal?.removeEventListener('abort', stop);
  await watcher.close();
}

async function deployOnce(
  connection: Connection,
  options: Omit<DeployOptions, 'step'>,
  paths: readonly string[],
): Promise<void> {
  const started = performance.now();
  const saved = paths.length === 1 ? (paths[0] ?? '') : `${paths.length} files`;
  try {
    const { deployed, functions, took, health } = await deployStage(connection, {
      ...options,
      step: (_title, work) => work(),
    });
    const total = seconds(performance.now() - started);
    if (!deployed) {
      info(`${saved}: nothing to deploy (${total})`);
      return;
    }
    const names = functions.map(({ name, release }) => `${name} ${release.slice(0, shortRelease)}`);
    const parts = `plan ${seconds(took.plan)}, build ${seconds(took.build)}, deploy ${seconds(took.deploy)}, check ${seconds(took.check)}`;
    info(`${saved}: deployed ${names.join(', ') || 'resources'} in ${total} (${parts})`);
    if (health?.ok === false) fail(`${health.url} is not well: ${health.problem ?? ''}`);
  } catch (error) {
    if (options.signal?.aborted === true) return;
    if (!(error instanceof Failure)) throw error;
    fail(`${error.problem}\nWhat ran before runs on. ${error.next}`);
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
