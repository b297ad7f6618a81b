import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import { shortCommit } from '../report/describe-plan.ts';
import { table } from '../report/table.ts';
import { readHistory } from '../rollback/read-history.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Lists the releases that a function has run, the newest first: commit and its author, when it was first deployed, the size
of its package, and how it ended.

Usage: npm run aviary -- history <function> [--stage S] [--json]

A deploy that failed is not among them.

Example: npm run aviary -- history users --stage production
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...stageOptions, json: { type: 'boolean', default: false } },
  });
  const [name] = positionals;
  if (name === undefined) throw new Failure('Which function?', 'Name one: npm run aviary -- history users.');
  const pasts = await readHistory(await connectTo(root, values), name);
  const rows = pasts.map(({ release, commit, author, at, bytes, kept, end, rolledBackFrom, despite }) => [
    release.slice(0, shortRelease),
    shortCommit(commit),
    author ?? '—',
    at === null ? '—' : at.slice(0, 16).replace('T', ' '),
    bytes === null ? '—' : `${(bytes / 1024).toFixed(1)} KB`,
    [
      end,
      ...(rolledBackFrom === null ? [] : [`in place of ${rolledBackFrom.slice(0, shortRelease)}`]),
      ...(despite === null ? [] : [`in spite of ${despite.alarm}: ${despite.reason}`]),
      ...(kept ? [] : ['its template is gone']),
    ].join('; '),
  ]);
  process.stdout.write(
    values.json
      ? `${JSON.stringify(pasts, null, 2)}\n`
      : `${table(['release', 'commit', 'author', 'deployed (UTC)', 'package', 'state'], rows).join('\n')}\n`,
  );
  return 0;
}
