import { parseArgs } from 'node:util';
import { hasDrifted, readDrift } from '../drift/read-drift.ts';
import { describeDrift } from '../report/describe-drift.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Tells whether a stage runs what its stack says. Changes nothing.

Usage: npm run aviary -- drift [--stage S] [--cloudformation] [--json]

  --stage S         local (default), staging, production
  --cloudformation  have CloudFormation look at every other resource too; takes a minute or more
  --json            the result as data on stdout; Markdown when left out

Exit code 1 where something runs that the stack does not say: another version behind an alias, other code in it, a
resource that was changed by hand. What is not deployed yet is told, and is no drift.

Example: npm run aviary -- drift --stage production --cloudformation
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...stageOptions,
      cloudformation: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const drift = await readDrift(await connectTo(root, values), { cloudFormation: values.cloudformation });
  process.stdout.write(values.json ? `${JSON.stringify(drift, null, 2)}\n` : describeDrift(drift));
  return hasDrifted(drift) ? 1 : 0;
}
