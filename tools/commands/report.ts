import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { describeChange } from '../report/pull-request/describe-change.ts';
import { broken } from '../report/pull-request/pull-request-change.ts';
import { readChange } from '../report/pull-request/read-change.ts';

export const help = `Tells what a pull request changes, as Markdown: functions and why, sizes, limits, rights, replacements. Asks no cloud.

Usage: npm run aviary -- report --base COMMIT [--stage S] [--deployed FILE] [--json]

  --base COMMIT    a commit, branch or tag of this clone to compare the tree with
  --stage S        staging (default), production, local
  --deployed FILE  a template from aws cloudformation get-template, to compare with in place of the base
  --json           the same as data

Exit code 1 where AWS would refuse the change: too many resources, index changes, or bytes of environment.

Example: npm run aviary -- report --stage staging --base origin/main
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stage: { type: 'string', default: 'staging' },
      base: { type: 'string' },
      deployed: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { stage, base, deployed, json } = values;
  if (base === undefined) throw new Failure('With what should the tree be compared?', 'Name it: --base origin/main.');
  const change = await readChange(root, { stage, base, deployed });
  process.stdout.write(json ? `${JSON.stringify(change, null, 2)}\n` : describeChange(change));
  return broken(change).length > 0 ? 1 : 0;
}
