import { watch } from 'chokidar';
import { statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { info } from '../lib/log.ts';
import type { Connection } from '../stack/connection.ts';
import { makeReload, type ReloadOptions } from './reload.ts';

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
/** An editor that saves all writes several files at once. What comes later comes with the next reload. */
const settleMs = 10;
/** After it has told of a change, chokidar tells of no other of the same file for 50 ms: a formatter may save in these. */
const untoldMs = 60;

/** Reloads on save, until it is interrupted. What is saved meanwhile is reloaded after that, together. */
export async function watchAndReload(connection: Connection, options: ReloadOptions): Promise<void> {
  const { signal } = options;
  const reload = await makeReload(connection, options);
  const watcher = watch([...watched], {
    cwd: connection.root,
    ignoreInitial: true,
    ignored: (path) => path.endsWith('~'),
  });
  const pending = new Set<string>();
  /** When what was reloaded last had been saved. */
  const taken = new Map<string, number | undefined>();
  let wake = (): void => undefined;
  const add = (path: string): void => {
    pending.add(path.split(sep).join('/'));
    wake();
  };
  watcher.on('all', (_event, path) => {
    add(path);
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
  info('Watching. Save a file to run what it reaches; Ctrl-C stops everything.');
  const interrupted = (): boolean => signal?.aborted === true;
  const saved = async (): Promise<boolean> => {
    if (pending.size === 0 && !interrupted()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return !interrupted();
  };
  const settled = async (): Promise<readonly string[]> => {
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const paths = [...pending];
    pending.clear();
    for (const path of paths) {
      taken.set(path, savedAt(connection.root, path));
      const lookAgain = (): void => {
        if (savedAt(connection.root, path) !== taken.get(path)) add(path);
      };
      setTimeout(lookAgain, untoldMs).unref();
    }
    return paths;
  };
  while (await saved()) await reload(settled());
  signal?.removeEventListener('abort', stop);
  await watcher.close();
}

/** In milliseconds since 1970; undefined where there is no such file. */
function savedAt(root: string, path: string): number | undefined {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs;
}
