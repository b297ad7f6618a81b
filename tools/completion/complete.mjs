// Called by a shell for each Tab (tools/completion/scripts.ts): `complete.mjs <word> …` prints what the last word may become,
// a line each. It loads nothing of the tools and runs on any Node.js, so that it answers at once.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { candidates } from './candidates.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

try {
  process.stdout.write(
    candidates(root, process.argv.slice(2))
      .map((word) => `${word}\n`)
      .join(''),
  );
} catch {
  // A Tab has no place for an error; the command itself has.
}
