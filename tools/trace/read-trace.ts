import type { LogEvent } from '../logs/read-log-events.ts';
import { readLogEvents } from '../logs/read-log-events.ts';
import { lineReader } from '../logs/line-reader.ts';
import { correlationsOf } from '../logs/log-filter.ts';
import type { LogLine } from '../logs/log-line.ts';
import type { Connection } from '../stack/connection.ts';
import { invocationsOf, type Invocation } from './invocation.ts';

/** Milliseconds around its lines in which all else of an invocation is: a function runs for half a minute at most. */
const around = 60_000;
/** Request ids in one filter pattern, which has 1024 characters at most. (Amazon CloudWatch Logs quotas.) */
const atATime = 20;

/**
 * Reads the invocations that a correlation id has led to: first the lines that have it, then all that these invocations
 * have written, as the report of each and what it printed.
 * @param functionNames those to look at
 * @param from milliseconds since 1970
 */
export async function readTrace(
  connection: Connection,
  functionNames: readonly string[],
  correlation: string,
  from: number,
): Promise<Invocation[]> {
  const found = await readLogEvents(connection, functionNames, { from, pattern: `"${correlation}"` });
  const about = lineReader()(found).filter((line) => correlationsOf(line).includes(correlation));
  const byFunction = [...Map.groupBy(about, ({ functionName }) => functionName)];
  const all = await Promise.all(byFunction.map(([name, lines]) => readWhole(connection, name, lines)));
  return invocationsOf(lineReader()(all.flat()), correlation);
}

async function readWhole(connection: Connection, name: string, lines: readonly LogLine[]): Promise<LogEvent[]> {
  const times = lines.map(({ at }) => at);
  const query = { from: Math.min(...times) - around, to: Math.max(...times) + around };
  // The local cloud knows no pattern of several terms, and splits what is printed into lines that have none of them.
  if (connection.endpoint !== undefined) return await readLogEvents(connection, [name], query);
  const ids = [...new Set(lines.flatMap(({ requestId }) => requestId ?? []))];
  const parts = Array.from({ length: Math.ceil(ids.length / atATime) }, (_, at) => {
    const pattern = ids.slice(at * atATime, (at + 1) * atATime).map((id) => `?"${id}"`);
    return readLogEvents(connection, [name], { ...query, pattern: pattern.join(' ') });
  });
  return (await Promise.all(parts)).flat();
}
