import { watch } from 'chokidar';
import { sep } from 'node:path';
import { info } from '../lib/log.ts';
import type { Connection } from '../stack/connection.ts';
import { makeReload, type ReloadOptions } from './reload.ts';
import { SavedPaths } from './saved-paths.ts';

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
interface WatchOptions extends ReloadOptions {
  readonly signal: AbortSignal;
}

/** Reloads on save, until it is interrupted. What is saved meanwhile is reloaded after that, together. */
export async function watchAndReload(connection: Connection, options: WatchOptions): Promise<void> {
  const reload = await makeReload(connection, options);
  const watcher = watch([...watched], {
    cwd: connection.root,
    ignoreInitial: true,
    ignored: (path) => path.endsWith('~'),
  });
  const saved = new SavedPaths(connection.root, options.signal);
  watcher.on('all', (_event, path) => {
    saved.add(path.split(sep).join('/'));
  });
  await new Promise<void>((resolve) =>
    watcher.once('ready', () => {
      resolve();
    }),
  );
  info('Watching. Save a file to run what it reaches; Ctrl-C stops everything.');
  while (await saved.areThere()) await reload(saved.take());
  await watcher.close();
}
