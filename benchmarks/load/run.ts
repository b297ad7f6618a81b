// `npm run load`: load on a local cloud of its own; writes its section of docs/benchmarks.md.
import { parseArgs } from 'node:util';
import { Failure } from '../../tools/lib/failure.ts';
import { measureAll } from '../run.ts';
import { loadScenario } from './scenario.ts';

const help = `Puts load on the API of a local cloud of its own, and writes that section of docs/benchmarks.md.

Usage: npm run load -- [--seconds N] [--quick]

  --seconds N  for how long, in all (default 120)
  --quick      a few seconds, to see that it works: prints the section and keeps nothing
`;

/** Resolves to the exit code: 0 when every request was answered as it should be, 130 when it was interrupted. */
export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seconds: { type: 'string', default: '120' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  if (!/^[1-9]\d{0,4}$/.test(values.seconds))
    throw new Failure(`--seconds ${values.seconds} is no number of seconds.`, 'Take a number from 1 to 99999.');
  return await measureAll([loadScenario(Number(values.seconds))], values.quick);
}
