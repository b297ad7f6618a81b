import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a cloud keeps its data, in its folder. */
export const keptState = (directory: string): string => join(directory, 'data', 'state');
export const keptObjects = (directory: string): string => join(directory, 'data', 's3');

/**
 * Makes what a cloud has kept the data of one on this port. MiniStack saves addresses with the port that it had, those of
 * queues among them: on another port nothing would be sent to them, nor taken from them.
 */
export function moveKeptData(directory: string, port: number): void {
  const state = keptState(directory);
  const mark = join(directory, 'data', 'port');
  const from = existsSync(mark) ? readFileSync(mark, 'utf8') : undefined;
  if (from === String(port)) return;
  mkdirSync(state, { recursive: true });
  if (from !== undefined) {
    const address = new RegExp(String.raw`\b(localhost|127\.0\.0\.1):${from}/`, 'g');
    for (const name of readdirSync(state).filter((it) => it.endsWith('.json'))) {
      const file = join(state, name);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(address, `$1:${port}/`));
    }
  }
  // Last: a move that was broken off is done again.
  writeFileSync(mark, String(port));
}
