import type { StackRecord } from '../plan/record.ts';
import { stageMaps } from '../source-maps/stage-maps.ts';
import type { Connection } from '../stack/connection.ts';
import type { LogLine } from './log-line.ts';
import { stacksInSources } from './stacks-in-sources.ts';

/** Gives the stack of a line that was read; undefined where it has none. */
export type StackOf = (line: LogLine) => string | undefined;

/** Reads the stacks of lines, with their places in the sources. */
export async function readStacks(
  connection: Connection,
  record: StackRecord,
  lines: readonly LogLine[],
): Promise<StackOf> {
  const readStack = stacksInSources(await stageMaps(connection, record));
  const stacks = new Map<LogLine, string | undefined>();
  for (const line of lines) stacks.set(line, await readStack(line));
  return (line) => stacks.get(line);
}
