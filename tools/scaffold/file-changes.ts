import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Path from the root to its new text, or to undefined for a file that goes. */
export type FileChanges = ReadonlyMap<string, string | undefined>;

/**
 * Writes all the files, and then those that each of `follow` makes from what is there; where any of that fails, everything
 * is again as it was. Folders that are empty then are removed.
 */
export async function applyChanges(
  root: string,
  changes: FileChanges,
  ...follow: readonly (() => Promise<FileChanges>)[]
): Promise<void> {
  const before = new Map<string, string | undefined>();
  const write = (wanted: FileChanges): void => {
    for (const [path, text] of wanted) {
      if (!before.has(path)) before.set(path, readOrNothing(join(root, path)));
      put(root, path, text);
    }
  };
  try {
    write(changes);
    for (const make of follow) write(await make());
  } catch (error) {
    for (const [path, text] of before) put(root, path, text);
    throw error;
  }
}

function readOrNothing(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function put(root: string, path: string, text: string | undefined): void {
  const file = join(root, path);
  if (text !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  rmSync(file, { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const full = join(root, folder);
    if (!existsSync(full)) continue;
    if (readdirSync(full).length > 0) return;
    rmdirSync(full);
  }
}
