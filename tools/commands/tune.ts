import { parseArgs } from 'node:util';
import { findNamed } from '../config/find-named.ts';
import { architectureOf, memoryOf } from '../cost/price-at-rest.ts';
import { Failure } from '../lib/failure.ts';
import { interruption } from '../lib/interruption.ts';
import { objectAt } from '../lib/json.ts';
import { info, warn } from '../lib/log.ts';
import { readRunning } from '../logs/stage-functions.ts';
import { describeTuning } from '../report/describe-tuning.ts';
import { findSample } from '../samples/read-samples.ts';
import { withStageLock } from '../stack/stage-lock.ts';
import { chooseSize } from '../tune/choose-size.ts';
import { tuneFunction } from '../tune/tune-function.ts';
import { connectTo, stageOptions } from './options.ts';
import { functionNameOf } from '../template/function-name.ts';

export const help = `Measures memory sizes of a function: invokes a version of each with a sample event.

Usage: npm run aviary -- tune <function> [--sizes 128,256,512,1024] [--runs 20] [--event NAME] [--stage S] [--json]

  --sizes      MB, from 128 to 10240
  --runs N     how often each size is invoked, after a first time that is not counted
  --event E    the file of functions/<function>/events, without its ending; one that reads alone when left out
  --json       the figures as data

No caller notices: what is behind the alias live stays. Afterwards, also after Ctrl-C, the versions are deleted and the
function's configuration is what it was. What the event writes it writes, into the stage.

Example: npm run aviary -- tune users --sizes 256,512
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...stageOptions,
      sizes: { type: 'string', default: '128,256,512,1024' },
      runs: { type: 'string', default: '20' },
      event: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [sizes, runs] = [readSizes(values.sizes), readRuns(values.runs)];
  const connection = await connectTo(root, values);
  const { name, block } = findNamed('function', positionals[0], [
    ...(await readRunning(connection)).functions.values(),
  ]);
  const properties = objectAt(block, 'Properties');
  const sample = findSample(root, name, values.event);
  if (!sample.isReading) warn(`${sample.name} may change what ${connection.stage.name} keeps, each time it is sent.`);
  if (connection.endpoint !== undefined)
    warn('The local cloud gives every size the whole machine: these are not the figures of Lambda.');
  const signal = interruption();
  const results = await withStageLock(connection, () =>
    tuneFunction(connection, {
      functionName: functionNameOf({ name, block }),
      sizes,
      runs,
      event: sample.event,
      signal,
      onSize: (size) => {
        info(`${name}: ${size} MB, ${runs} times ${sample.name}`);
      },
    }),
  );
  const choice = chooseSize(results, architectureOf(properties));
  const data = { name, event: sample.name, memoryMb: memoryOf(properties), ...choice };
  process.stdout.write(values.json ? `${JSON.stringify(data, null, 2)}\n` : describeTuning(data));
  return 0;
}

/** Sizes in order, each once. (AWS Lambda quotas: 128 to 10,240 MB.) */
function readSizes(text: string): number[] {
  const sizes = [...new Set(text.split(',').map((size) => (/^ *\d+ *$/.test(size) ? Number(size) : Number.NaN)))];
  if (sizes.every((size) => size >= 128 && size <= 10_240)) return sizes.sort((a, b) => a - b);
  throw new Failure(`--sizes ${text} are no memory sizes.`, 'Name MB from 128 to 10240, as 256,512.');
}

function readRuns(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new Failure(`--runs ${text} is no number of invocations.`, 'Name one from 1 to 999.');
}
