import { parseArgs } from 'node:util';
import { architectureOf } from '../cost/price-at-rest.ts';
import { objectAt } from '../lib/json.ts';
import { warn } from '../lib/log.ts';
import { readReports } from '../logs/report-lines.ts';
import { functionsOf, readRunning } from '../logs/stage-functions.ts';
import { readTime } from '../logs/time-option.ts';
import { recommend } from '../memory/recommend.ts';
import { describeMemory } from '../report/describe-memory.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Shows how much memory functions use, and which size would do, out of what Lambda reports of their invocations.

Usage: npm run aviary -- memory [--stage S] [--since 7d] [--json]

  --since T   how long ago (12h, 7d), or when (2026-01-31T12:00:00Z); seven days when left out
  --json      the same as data

A size is recommended that leaves a quarter above the most that was used, and not so little that an invocation that does nothing
but compute would take more than a second: Lambda's CPU grows with memory. What is saved is by list price, as if durations
stayed as they are; npm run aviary -- tune measures them.

Example: npm run aviary -- memory --stage production --since 7d
`;

const monthMs = 30 * 24 * 3_600_000;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { ...stageOptions, since: { type: 'string', default: '7d' }, json: { type: 'boolean', default: false } },
  });
  const now = Date.now();
  const from = readTime('--since', values.since, now);
  const connection = await connectTo(root, values);
  const record = await readRunning(connection);
  const functions = functionsOf(record);
  const reports = Map.groupBy(
    await readReports(
      connection,
      functions.map(({ functionName }) => functionName),
      from,
    ),
    ({ functionName }) => functionName,
  );
  const architectures = new Map(
    [...record.functions.values()].map(({ name, block }) => [name, architectureOf(objectAt(block, 'Properties'))]),
  );
  const uses = functions.flatMap(({ name, functionName }) => {
    const own = reports.get(functionName) ?? [];
    return recommend(own, (now - from) / monthMs, architectures.get(name) ?? 'arm64') ?? [];
  });
  if (connection.endpoint !== undefined)
    warn('The local cloud holds no function to its memory: these are not the figures of Lambda.');
  process.stdout.write(values.json ? `${JSON.stringify(uses, null, 2)}\n` : describeMemory(uses, functions.length));
  return 0;
}
