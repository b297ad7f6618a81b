import { createHash } from 'node:crypto';

/** The environment variable of an inspected function's process that names the folder of its source maps. */
export const mapFolderVariable = 'AVIARY_SOURCE_MAPS';

/**
 * The name of the file that has the source map of a script, by the script's text. The names of a layer's chunks are left
 * out: esbuild makes them from the source maps too, where it writes some.
 */
export function mapFile(script: string): string {
  return `${createHash('sha256')
    .update(script.replaceAll(/-[A-Z0-9]{8}(?=\.js\b)/g, ''))
    .digest('hex')}.json`;
}
