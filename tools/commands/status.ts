import { parseArgs } from 'node:util';
import { readStatus } from '../stack/read-status.ts';
import { describeStatus } from '../report/describe-status.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Shows what runs in a stage: each function's release, the commit that it came from, the version behind its
alias, since when, and whether the tree differs.

Usage: npm run status -- [--stage S] [--json]
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { ...stageOptions, json: { type: 'boolean', default: false } },
  });
  const status = await readStatus(await connectTo(root, values));
  process.stdout.write(values.json ? `${JSON.stringify(status, null, 2)}\n` : describeStatus(status));
  return 0;
}
