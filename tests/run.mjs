// `npm test`: jest on the Node.js that Lambda runs, and as the very last line the counts, for people and for CI.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { affectedFiles } from './affected.mjs';

/** Runs jest with these arguments. Resolves to its exit code: 0 when all passed. */
export async function main(args) {
  const { code, counts } = await runJest(args.includes('--affected') ? onlyAffected(args) : args);
  if (counts) write(counts);
  // Jest broke down, or found no test: nobody is to take that for a run without failures.
  else if (code !== 0) write({ passed: 0, failed: 1, skipped: 0 });
  return code;
}

function onlyAffected(args) {
  const files = affectedFiles(process.env.AVIARY_ROOT);
  const rest = args.filter((arg) => arg !== '--affected');
  return [...rest, '--passWithNoTests', '--findRelatedTests', ...(files.length > 0 ? files : ['package.json'])];
}

function write({ passed, failed, skipped }) {
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
}

function runJest(args) {
  const root = process.env.AVIARY_ROOT;
  return new Promise((resolve, reject) => {
    // Forked, since tests/support/counts-reporter.mjs sends the counts.
    const child = fork(join(root, 'node_modules', 'jest', 'bin', 'jest.js'), args, { cwd: root });
    let counts;
    child.on('message', (message) => (counts = message));
    // At a terminal Ctrl-C has reached jest already: this waits, so that jest's last words come first.
    const wait = () => undefined;
    const end = () => child.kill('SIGTERM');
    process.on('SIGINT', wait).on('SIGTERM', end);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGINT', wait).off('SIGTERM', end);
      resolve({ code: code ?? 1, counts });
    });
  });
}
