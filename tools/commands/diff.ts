import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import { shortCommit } from '../report/describe-plan.ts';
import { compareReleases } from '../rollback/compare-releases.ts';
import { findReleases } from '../rollback/find-releases.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Shows what changed between two releases of a function: files, packages and configuration.

Usage: npm run aviary -- diff <function> [FROM [TO]] [--stage S] [--json]

  FROM, TO  releases, or their first digits, as npm run aviary -- history shows them; the one before, and the one that
            runs, when left out
  --json    the result as data on stdout

Example: npm run aviary -- diff users 3f1c9a2b --stage production
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...stageOptions, json: { type: 'boolean', default: false } },
  });
  const [name, from, to, ...more] = positionals;
  if (name === undefined || more.length > 0) {
    throw new Failure('Which function?', 'Name one, and two releases at most: npm run aviary -- diff users.');
  }
  const connection = await connectTo(root, values);
  const [before, after] = await findReleases(connection, name, from, to);
  const reasons = compareReleases(before, after);
  if (values.json) {
    const result = { name, from: before.release, to: after.release, reasons };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return 0;
  }
  const title = [before, after].map((it) => `${it.release.slice(0, shortRelease)} (${shortCommit(it.commit)})`);
  const lines = reasons.map(({ kind, detail }) => `  ${kind}: ${detail}`);
  process.stdout.write(
    [`${name}: ${title.join(' → ')}`, ...(lines.length > 0 ? lines : ['  The same release.']), ''].join('\n'),
  );
  return 0;
}
