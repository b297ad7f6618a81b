import { parseArgs } from 'node:util';
import { interruption } from '../lib/interruption.ts';
import { info } from '../lib/log.ts';
import { describeSmoke } from '../report/describe-smoke.ts';
import { isWell, smokeStage } from '../smoke/smoke-stage.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Asks a deployed stage whether it is well, and whether what runs is what was deployed.

Usage: npm run aviary -- smoke [--stage S] [--write] [--json]

  --stage S  local (default), staging, production
  --write    also run tests/smoke over its API: they make users, and delete them again
  --json     the result as data on stdout

Exit code 1 where it is not.

Example: npm run aviary -- smoke --stage staging --write
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...stageOptions,
      write: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const result = await smokeStage(await connectTo(root, values), {
    write: values.write,
    onLine: info,
    signal: interruption(),
  });
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : describeSmoke(result));
  return isWell(result) ? 0 : 1;
}
