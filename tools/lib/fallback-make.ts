import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lambdaNode } from './node-runtime.ts';

/**
 * A folder with a `make` for machines that have none; it goes last on PATH, so a real one is taken where there is one.
 * SAM builds the layers through make, and a fresh Windows, macOS or container image does not bring it.
 */
export function fallbackMakeFolder(root: string): string {
  const folder = join(root, '.aviary', 'bin');
  const script = join(root, 'tools', 'build', 'make.mjs');
  const windows = process.platform === 'win32';
  const [file, text] = windows
    ? [join(folder, 'make.cmd'), `@"${lambdaNode()}" "${script}" %*\r\n`]
    : [join(folder, 'make'), `#!/bin/sh\nexec '${quoted(lambdaNode())}' '${quoted(script)}' "$@"\n`];
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, 0o755);
  }
  return folder;
}

/** For use between single quotes of a shell. */
function quoted(text: string): string {
  return text.replaceAll("'", String.raw`'\''`);
}
