import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SavedPaths } from '../../../../tools/local/saved-paths.ts';

describe('saved paths', () => {
  let root: string, ended: AbortController, saved: SavedPaths;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'aviary-saved-'));
    ended = new AbortController();
    saved = new SavedPaths(root, ended.signal);
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });
  const write = (path: string, text: string): void => {
    writeFileSync(join(root, path), text);
  };

  it('are taken together, and once', async () => {
    const waiting = saved.areThere();
    for (const path of ['a.ts', 'b.ts', 'a.ts']) saved.add(path);

    await expect(waiting).resolves.toBe(true);
    await expect(saved.take()).resolves.toEqual(['a.ts', 'b.ts']);
    await expect(saved.take()).resolves.toEqual([]);
  });

  it('are there again where a file was saved after it was taken, which nobody has told of', async () => {
    write('a.ts', 'one');
    saved.add('a.ts');
    await saved.take();
    await sleep(20);
    write('a.ts', 'two');

    await expect(saved.areThere()).resolves.toBe(true);
    await expect(saved.take()).resolves.toEqual(['a.ts']);
  });

  it('are there again where a file was removed after it was taken', async () => {
    write('a.ts', 'one');
    saved.add('a.ts');
    await saved.take();
    rmSync(join(root, 'a.ts'));

    await expect(saved.areThere()).resolves.toBe(true);
  });

  it('are not there again where nothing was saved since', async () => {
    write('a.ts', 'one');
    for (const path of ['a.ts', 'gone.ts']) saved.add(path);
    await saved.take();
    await sleep(200);

    await expect(saved.take()).resolves.toEqual([]);
  });

  it('are not there again where chokidar tells late of what was taken', async () => {
    write('a.ts', 'one');
    for (const path of ['a.ts', 'gone.ts']) saved.add(path);
    await saved.take();
    for (const path of ['a.ts', 'gone.ts']) saved.add(path);
    const late = await saved.take();
    write('a.ts', 'other');
    saved.add('a.ts');

    expect(late).toEqual([]);
    await expect(saved.take()).resolves.toEqual(['a.ts']);
  });

  it('wait until an emptied file is written, and not for one that stays empty', async () => {
    write('a.ts', '');
    saved.add('a.ts');
    const taken = saved.take().then(() => 'taken');
    const first = await Promise.race([taken, sleep(60, 'waits')]);
    write('a.ts', 'one');
    await taken;
    write('b.ts', '');
    saved.add('b.ts');

    expect(first).toBe('waits');
    await expect(saved.take()).resolves.toEqual(['b.ts']);
  });

  it.each([[[]], [['a.ts']]])('are none any more at the end, with %j saved', async (paths) => {
    const waiting = saved.areThere();
    ended.abort();
    for (const path of paths) saved.add(path);

    await expect(waiting).resolves.toBe(false);
    await expect(saved.areThere()).resolves.toBe(false);
  });
});
