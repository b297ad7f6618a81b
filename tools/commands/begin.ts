import { parseArgs } from 'node:util';
import { planBeginning } from '../begin/plan-beginning.ts';
import { describeBeginning } from '../report/describe-beginning.ts';
import { applyChanges } from '../scaffold/file-changes.ts';
import { madeFromTheRest } from '../scaffold/generated-changes.ts';
import { assertCommitted } from '../scaffold/uncommitted.ts';

export const help = `Makes a clone your own: takes away the sample domain (users, orders and what follows from them), with its tests. The
functions stay that serve any domain: authorizer, health, github-webhook, secret-rotation, security-events, traffic-hook.

Usage: npm run aviary -- begin [--dry-run] [--force] [--json]

  --dry-run  say what would go, and delete nothing
  --force    delete files too that git does not have
  --json     the result as data on stdout

Example: npm run aviary -- begin --dry-run
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'dry-run': { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const dryRun = values['dry-run'];
  const { summary, changes } = await planBeginning(root);
  if (!values.force && !dryRun) await assertCommitted(root, [...changes.keys()]);
  if (!dryRun) await applyChanges(root, changes, ...madeFromTheRest(root, summary.names));
  const result = { ...summary, dryRun };
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : describeBeginning(result));
  return 0;
}
