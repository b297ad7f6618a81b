import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { describeRemoval } from '../report/describe-scaffold.ts';
import { applyChanges } from '../scaffold/file-changes.ts';
import { madeFromTheRest } from '../scaffold/generated-changes.ts';
import { planRemoval } from '../scaffold/plan-removal.ts';
import { assertCommitted } from '../scaffold/uncommitted.ts';

export const help = `Removes a function from the tree: its folder, its unit tests, its blocks in template.yaml with the resources, outputs and
parameters that only it uses, and its alarm. The next deploy deletes it.

Usage: npm run aviary -- remove function <name> [--dry-run] [--force] [--json]

  --dry-run  say what would go, and delete nothing
  --force    delete files too that git does not have
  --json     the result as data on stdout

Refuses where something that stays refers to the function, and says what.

Example: npm run aviary -- remove function invoices --dry-run
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [what, name, ...more] = positionals;
  if (what !== 'function' || name === undefined || more.length > 0) {
    throw new Failure('What should be removed?', 'Say: npm run aviary -- remove function <name>.');
  }
  const { summary, changes } = planRemoval([name], root);
  const dryRun = values['dry-run'];
  if (!values.force && !dryRun) await assertCommitted(root, summary.files);
  if (!dryRun) await applyChanges(root, changes, ...madeFromTheRest(root, summary.names));
  const result = { ...summary, dryRun };
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : describeRemoval(result));
  return 0;
}
