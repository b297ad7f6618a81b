import { closest } from 'fastest-levenshtein';
import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { info, step } from '../lib/log.ts';
import { rebuildProjection, type RebuildProgress } from '../projection/rebuild-projection.ts';
import { functionCaller } from '../stack/invoke-function.ts';
import { connectTo, stageOptions } from './options.ts';

/** The projections, and which function makes each. */
const makers: Readonly<Record<string, string>> = { orders: 'table-stream' };

export const help = `Makes a read model anew out of the store of events, beside the live one and while writes go on; then swaps it in
with one write, and removes the old one. The function that makes the read model does it, with the code that is
deployed. It can be stopped, and begun again, at any time.

Usage: npm run aviary -- rebuild-projection <${Object.keys(makers).join('|')}> [--stage S] [--keep-old SECONDS] [--json]

  --keep-old SECONDS   how long those have to end who read the old one at the swap (default 30: what a request may last)

Example: npm run aviary -- rebuild-projection orders --stage staging
`;

const progressEveryMs = 2_000;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...stageOptions,
      'keep-old': { type: 'string', default: '30' },
      json: { type: 'boolean', default: false },
    },
  });
  const [name = '', ...more] = positionals;
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (maker === undefined || more.length > 0) {
    const known = Object.keys(makers);
    if (name === '') throw new Failure('Which projection?', `There are ${known.join(', ')}.`);
    throw new Failure(`There is no projection ${positionals.join(' ')}.`, `Did you mean ${closest(name, known)}?`);
  }
  const keepOldSeconds = Number(values['keep-old']);
  if (!/^\d{1,4}$/.test(values['keep-old']))
    throw new Failure(`--keep-old ${values['keep-old']} is no number of seconds.`, 'Take a number from 0 to 9999.');

  const call = await functionCaller(await connectTo(root, values), maker);
  const result = await step(`Rebuilding ${name}`, () =>
    rebuildProjection(name, call, { keepOldSeconds, onProgress: tellNowAndThen() }),
  );
  const summary = `${name}: ${result.events} events read, ${result.unreadable} of them unreadable; live is ${result.generation}; ${result.removed} old items removed.\n`;
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : summary);
  return result.unreadable === 0 ? 0 : 1;
}

/** Tells of each phase when it begins, and of a long one every two seconds. */
function tellNowAndThen(): (progress: RebuildProgress) => void {
  let told = { phase: '', at: 0 };
  return ({ phase, events, removed }) => {
    if (phase === told.phase && performance.now() - told.at < progressEveryMs) return;
    told = { phase, at: performance.now() };
    const said = {
      filling: `${events} events read`,
      waiting: `${events} events read; swapped in; waiting for those who read the old one`,
      removing: `${removed} old items removed`,
    };
    info(`  ${said[phase]}`);
  };
}
