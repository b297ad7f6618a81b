import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { step } from '../lib/log.ts';
import { readExpiry } from '../pin/read-expiry.ts';
import { setPin } from '../pin/set-pin.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import { connectTo, samOptions, stageOptions, waitOptions } from './options.ts';

export const help = `Holds a function, or a layer, at the release that runs: deploys leave it alone, and plan and status say so.

Usage: npm run aviary -- pin <function|layer> --reason TEXT [--until DATE] [--stage S] [--no-wait] [--json]

  --reason TEXT  why; it is shown wherever the function is
  --until DATE   the last day on which the pin holds, in UTC, as 2026-12-24; two weeks from now when left out
  --stage S      local (default), staging, production
  --no-wait      fail at once where another run changes the stage
  --json         the result as data on stdout

The pin stands in the stack's record of the function. It ends with its last day, or with npm run aviary -- unpin. For
another release than the one that runs, roll back first.

Of a pinned layer no version is published, and deploys move no function to another version of it. A function that changes
otherwise moves, on the version that it has; one that needs what is new in the layer is held. A rollback takes the layers
that the earlier release had, pinned or not.

Example: npm run aviary -- pin users --reason "waits for the new index" --stage production
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...stageOptions,
      ...waitOptions,
      reason: { type: 'string' },
      until: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) {
    throw new Failure('Which function?', 'Name one: npm run aviary -- pin users --reason "…".');
  }
  const reason = values.reason?.trim() ?? '';
  if (reason === '') throw new Failure('Why?', 'Say it to those who wonder: --reason "waits for the new index".');
  const until = readExpiry(values.until, new Date());
  const connection = await connectTo(root, values);
  const result = await step(`Pinning ${name}`, () =>
    setPin(connection, name, { reason, until }, { ...samOptions(connection), wait: !values['no-wait'] }),
  );
  const release = result.release.slice(0, shortRelease);
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result, null, 2)}\n`
      : `${name} stays at ${release} in ${result.stage} until ${until}: ${reason}\n`,
  );
  return 0;
}
