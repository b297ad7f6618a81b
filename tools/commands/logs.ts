import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findNamed } from '../config/find-named.ts';
import { Failure } from '../lib/failure.ts';
import { interruption } from '../lib/interruption.ts';
import { follow } from '../logs/follow.ts';
import { isWanted, patternOf, type LogFilter } from '../logs/log-filter.ts';
import { readLevel } from '../logs/log-level.ts';
import { printLines } from '../logs/print-lines.ts';
import { readLogEvents } from '../logs/read-log-events.ts';
import { functionsOf, readRunning, type StageFunction } from '../logs/stage-functions.ts';
import { stacksInSources } from '../logs/stacks-in-sources.ts';
import { readTime } from '../logs/time-option.ts';
import { stageMaps } from '../source-maps/stage-maps.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Shows what functions have logged, in the order of time. Stacks say where in the sources they come from.

Usage: npm run aviary -- logs [<function> …] [--stage S] [--since 10m] [--until T] [--follow] [--json]
                              [--correlation ID] [--level L] [--grep TEXT] [--raw]

  <function>        one or several; all when left out
  --since, --until  how long ago (30s, 10m, 2h, 1d), or when (2026-01-31T12:00:00Z); the last ten minutes when left out
  --follow          go on with what is logged from now on; Ctrl-C ends it
  --correlation ID  what one request has led to, in every function
  --level L         debug, info, warn or error, and what is more urgent
  --grep TEXT       lines that have the text, in any case
  --raw             lines as they are, with metrics and with what Lambda itself writes
  --json            one object a line

Example: npm run aviary -- logs orders table-stream --since 1h --level warn
`;

const pollMs = 2_000;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...stageOptions,
      since: { type: 'string', default: '10m' },
      until: { type: 'string' },
      follow: { type: 'boolean', default: false },
      correlation: { type: 'string' },
      level: { type: 'string' },
      grep: { type: 'string' },
      raw: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const now = Date.now();
  const from = readTime('--since', values.since, now);
  const to = values.until === undefined ? undefined : readTime('--until', values.until, now);
  if (to !== undefined && (values.follow || to <= from)) {
    const problem = values.follow ? '--follow has no end.' : '--until is before --since.';
    throw new Failure(problem, 'Leave out --until, or say when it is after --since.');
  }
  const { correlation, grep, raw } = values;
  const level = values.level === undefined ? undefined : readLevel(values.level);
  const filter: LogFilter = { correlation, level, grep, raw };
  const connection = await connectTo(root, values);
  const record = await readRunning(connection);
  const known = functionsOf(record);
  const functions = choose(positionals, known);
  // The local cloud gives a stack line by line, and most of these lines match no pattern.
  const pattern = connection.endpoint === undefined ? patternOf(filter) : undefined;
  const names = functions.map(({ functionName }) => functionName);
  const read = (start: number) => readLogEvents(connection, names, { from: start, to, pattern });
  const print = printLines({
    functions,
    stackOf: stacksInSources(await stageMaps(connection, record)),
    json: values.json,
    raw,
  });
  const wanted = (line: Parameters<typeof isWanted>[0]) => isWanted(line, filter);
  if (!values.follow) {
    await print(await read(from), wanted);
    return 0;
  }
  const signal = interruption();
  const pause = (): Promise<void> => sleep(pollMs, undefined, { signal });
  try {
    for await (const events of follow(read, from, pause)) await print(events, wanted);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return 0;
}

function choose(names: readonly string[], known: readonly StageFunction[]): readonly StageFunction[] {
  return names.length === 0 ? known : [...new Set(names)].map((name) => findNamed('function', name, known));
}
