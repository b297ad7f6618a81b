import { parseArgs } from 'node:util';
import { readStatus } from '../stack/read-status.ts';
import { compareRegions } from '../regions/compare-regions.ts';
import { readRegions } from '../regions/read-regions.ts';
import { describeStatuses } from '../report/describe-regions.ts';
import { describeStatus } from '../report/describe-status.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Shows what runs in a stage: each function's release, the commit that it came from, the version behind its
alias, since when, and whether the tree differs.

Usage: npm run status -- [--stage S] [--region R | --regions R,R] [--json]

  --regions R,R  these regions side by side, and which functions differ between them

Example: npm run status -- --stage production --regions eu-west-1,us-east-1
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { ...stageOptions, regions: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const print = (data: unknown, text: string): void =>
    void process.stdout.write(values.json ? `${JSON.stringify(data, null, 2)}\n` : text);
  if (values.regions === undefined) {
    const status = await readStatus(await connectTo(root, values));
    print(status, describeStatus(status));
    return 0;
  }
  const reading = readRegions(values.regions).map(async (region) => {
    return { ...(await readStatus(await connectTo(root, { ...values, region }))), region };
  });
  const statuses = compareRegions(await Promise.all(reading));
  print(statuses, describeStatuses(statuses));
  return 0;
}
