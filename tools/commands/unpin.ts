import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { step } from '../lib/log.ts';
import { setPin } from '../pin/set-pin.ts';
import { connectTo, samOptions, stageOptions, waitOptions } from './options.ts';

export const help = `Takes the pin of a function or layer out: the next deploy moves it again.

Usage: npm run aviary -- unpin <function|layer> [--stage S] [--no-wait] [--json]

Example: npm run aviary -- unpin users --stage production
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...stageOptions, ...waitOptions, json: { type: 'boolean', default: false } },
  });
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) {
    throw new Failure('Which function?', 'Name one: npm run aviary -- unpin users.');
  }
  const connection = await connectTo(root, values);
  const result = await step(`Unpinning ${name}`, () =>
    setPin(connection, name, undefined, { ...samOptions(connection), wait: !values['no-wait'] }),
  );
  const stage = result.stage === 'local' ? '' : ` -- --stage ${result.stage}`;
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result, null, 2)}\n`
      : `${name} is not pinned any more in ${result.stage}. What a deploy would do: npm run plan${stage}.\n`,
  );
  return 0;
}
