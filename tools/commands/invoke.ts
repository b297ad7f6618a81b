import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findNamed } from '../config/find-named.ts';
import { Failure } from '../lib/failure.ts';
import { parseJson, type Json } from '../lib/json.ts';
import { info } from '../lib/log.ts';
import { lineData } from '../logs/line-data.ts';
import { namesOf, functionsOf, readRunning } from '../logs/stage-functions.ts';
import { describeInvocation } from '../report/describe-invocation.ts';
import { sendEvent } from '../samples/invocation.ts';
import { findSample } from '../samples/read-samples.ts';
import { productionStage } from '../template/read-stages.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Invokes a function behind its alias, and shows its answer, what it has logged, and how to trace it.

Usage: npm run aviary -- invoke <function> [--sample S | --event FILE | --data JSON] [--stage S] [--yes] [--json]

  --sample S    the file of functions/<function>/events, without its ending; one that reads alone when left out
  --event FILE  a file with the event
  --data JSON   the event
  --stage S     local (default), staging, production
  --yes         also in production, which the event may change
  --json        the result as data on stdout

It ends with 1 where the function fails. npm run aviary -- test-event list shows the samples.

Example: npm run aviary -- invoke processor --data '{"action":"create","data":{"name":"Ada"}}'
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...stageOptions,
      sample: { type: 'string' },
      event: { type: 'string' },
      data: { type: 'string' },
      yes: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if ([values.sample, values.event, values.data].filter((it) => it !== undefined).length > 1) {
    throw new Failure('Which event?', 'Give one of --sample, --event and --data.');
  }
  const connection = await connectTo(root, values);
  const { stage } = connection;
  if (stage.name === productionStage && !values.yes) {
    throw new Failure('An event may change what production keeps.', 'Invoke it all the same with --yes.');
  }
  const record = await readRunning(connection);
  const functions = functionsOf(record);
  const { name, functionName } = findNamed('function', positionals[0], functions);
  const { what, event } = eventOf(root, name, values);
  info(`Invoking ${name} in ${stage.name} with ${what} …`);
  const { lines, stackOf, ...sent } = await sendEvent(connection, record, functionName, event);
  const nameOf = namesOf(functions);
  const data = { function: name, stage: stage.name, event: what, ...sent };
  const text = values.json
    ? `${JSON.stringify({ ...data, lines: lines.map((line) => lineData(line, stackOf(line), nameOf)) }, null, 2)}\n`
    : describeInvocation({ ...data, lines, stacks: lines.map(stackOf) });
  process.stdout.write(text);
  return sent.functionError === null ? 0 : 1;
}

interface EventValues {
  readonly sample?: string | undefined;
  readonly event?: string | undefined;
  readonly data?: string | undefined;
}

function eventOf(root: string, name: string, { sample, event, data }: EventValues): { what: string; event: Json } {
  if (data !== undefined) return { what: '--data', event: readEvent('--data', data) };
  if (event !== undefined) return { what: event, event: readEvent(event, textOf(event)) };
  const found = findSample(root, name, sample);
  return { what: `the sample ${found.name}`, event: found.event };
}

function textOf(file: string): string {
  try {
    return readFileSync(resolve(file), 'utf8');
  } catch (cause) {
    throw new Failure(`${file} cannot be read.`, 'Name a file with an event as JSON.', { cause });
  }
}

function readEvent(what: string, text: string): Json {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new Failure(`${what} is no JSON.`, `Give an event such as '{"action":"create"}'.`, { cause });
  }
}
