import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { isAsUrgent, readLevel } from '../logs/log-level.ts';
import { readStacks } from '../logs/read-stacks.ts';
import { functionsOf, namesOf, readRunning } from '../logs/stage-functions.ts';
import { readTime } from '../logs/time-option.ts';
import { describeTrace, traceData, type TraceStyle } from '../report/describe-trace.ts';
import { readCalls } from '../trace/read-calls.ts';
import { readTrace } from '../trace/read-trace.ts';
import { treeOf } from '../trace/tree.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Shows what one request has led to, through all functions: each invocation below the one that caused it, with how long
it took, its release, and what it has logged.

Usage: npm run aviary -- trace <correlation id> [--since 1h] [--level info] [--stage S] [--json]

The correlation id is in every answer of the API (x-correlation-id) and in every log line.

  --since T   how long ago it began at most (30s, 10m, 2h, 1d), or when (2026-01-31T12:00:00Z)
  --level L   what is shown of the log: debug, info, warn or error, and what is more urgent

Example: npm run aviary -- trace 89e709e7-789a-4200-bf31-6f7e27a1ff55
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...stageOptions,
      since: { type: 'string', default: '1h' },
      level: { type: 'string', default: 'info' },
      json: { type: 'boolean', default: false },
    },
  });
  const [correlation, ...more] = positionals;
  if (correlation === undefined || more.length > 0) {
    throw new Failure(
      'Which request?',
      'Give its correlation id: npm run aviary -- trace <x-correlation-id of its answer>.',
    );
  }
  const level = readLevel(values.level);
  const from = readTime('--since', values.since, Date.now());
  const connection = await connectTo(root, values);
  const record = await readRunning(connection);
  const functions = functionsOf(record);
  const names = functions.map(({ functionName }) => functionName);
  const invocations = await readTrace(connection, names, correlation, from);
  if (invocations.length === 0) {
    throw new Failure(
      `Nothing that ${connection.stage.name} has logged since ${new Date(from).toISOString()} has the correlation id ${correlation}.`,
      'It may be older (--since 1d), or of another stage (--stage).',
      { exitCode: 1 },
    );
  }
  const shown = invocations.map((it) => ({ ...it, lines: it.lines.filter((line) => isAsUrgent(line.level, level)) }));
  const lines = shown.flatMap((it) => it.lines);
  const calls = await readCalls(connection, invocations);
  const style: TraceStyle = {
    nameOf: namesOf(functions),
    stackOf: await readStacks(connection, record, lines),
    callsOf: (requestId) => calls.get(requestId) ?? [],
  };
  const roots = treeOf(shown);
  const text = values.json
    ? `${JSON.stringify(
        roots.map((it) => traceData(it, style)),
        null,
        2,
      )}\n`
    : describeTrace(correlation, roots, style);
  process.stdout.write(text);
  return 0;
}
