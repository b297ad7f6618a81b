import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { step } from '../lib/log.ts';
import { describeRollback } from '../report/describe-rollback.ts';
import { rollBack } from '../rollback/roll-back.ts';
import { connectTo, samOptions, stageOptions, waitOptions } from './options.ts';

export const help = `Takes a function back to an earlier release: the alias within seconds, then the stack.

Usage: npm run aviary -- rollback <function…> [--to RELEASE] [--stage S] [--no-wait] [--json]
       npm run aviary -- rollback --all [--stage S]

  --to RELEASE  of one function, as npm run aviary -- history shows it; the one before when left out
  --all         every function that has run another release
  --stage S     local (default), staging, production
  --no-wait     fail at once where another run changes the stage
  --json        the result as data on stdout

The release that was taken back does not come again by itself: a later deploy leaves the function alone until its code
or configuration is another one, or until it is named with --only.

Example: npm run aviary -- rollback users --stage production
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...stageOptions,
      ...waitOptions,
      to: { type: 'string' },
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.all === positionals.length > 0) {
    throw new Failure('Which function?', 'Name it, or all of them with --all: npm run aviary -- rollback users.');
  }
  const connection = await connectTo(root, values);
  const request = { names: values.all ? undefined : positionals, to: values.to };
  const result = await rollBack(connection, request, {
    ...samOptions(connection),
    wait: !values['no-wait'],
    step,
  });
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : describeRollback(result));
  return result.health?.ok === false ? 1 : 0;
}
