import { setTimeout as sleep } from 'node:timers/promises';
import { follow } from '../logs/follow.ts';
import { lineReader } from '../logs/line-reader.ts';
import { isWanted } from '../logs/log-filter.ts';
import { readLogEvents } from '../logs/read-log-events.ts';
import { functionsOf, namesOf, readRunning } from '../logs/stage-functions.ts';
import { stacksInSources } from '../logs/stacks-in-sources.ts';
import { stageMaps } from '../source-maps/stage-maps.ts';
import type { Connection } from '../stack/connection.ts';
import type { Line } from './api.ts';
import { lineView } from './line-view.ts';

/** Milliseconds between two looks. */
const pollMs = 1_000;

/** What functions log from a time on, without metrics and what Lambda itself writes; until the signal. */
export async function* streamLogs(connection: Connection, from: number, signal: AbortSignal): AsyncGenerator<Line> {
  const record = await readRunning(connection);
  const functions = functionsOf(record);
  const names = functions.map(({ functionName }) => functionName);
  const stackOf = stacksInSources(await stageMaps(connection, record));
  const [view, readLines] = [lineView(namesOf(functions)), lineReader()];
  const read = (start: number) => readLogEvents(connection, names, { from: start });
  const pause = (): Promise<void> => sleep(pollMs, undefined, { signal });
  try {
    for await (const events of follow(read, from, pause)) {
      for (const line of readLines(events)) if (isWanted(line, {})) yield view(line, await stackOf(line));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
