import { unzipSync, zipSync, type Zippable } from 'fflate';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

// The earliest that a zip can say, and the same in every time zone, since it holds local time.
const mtime = new Date(1980, 0, 1);
/** Made on Unix, a plain file that everybody may read: Lambda runs the code as a user who does not own it. */
const attributes = { os: 3, attrs: (0o100644 << 16) >>> 0 };

/** A folder as a zip file. The same files give the same bytes, whenever and wherever they are zipped. */
export function zipFolder(folder: string): Uint8Array {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return zipFiles(paths.map((path) => [path.split(sep).join('/'), readFileSync(join(folder, path))]));
}

/** Files, by their paths with slashes, as {@link zipFolder} would zip the folder that has them. */
export function zipFiles(files: readonly (readonly [path: string, bytes: Uint8Array])[]): Uint8Array {
  const zippable: Zippable = {};
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    zippable[path] = [bytes, { ...attributes, mtime }];
  }
  return zipSync(zippable, { level: 9 });
}

/** The files of a zip, by path; undefined for what is no zip. */
export function readZip(bytes: Uint8Array): Record<string, Uint8Array> | undefined {
  try {
    return unzipSync(bytes);
  } catch {
    return undefined;
  }
}
