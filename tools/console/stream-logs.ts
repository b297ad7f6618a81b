import { setTimeout as sleep } from 'node:timers/promises';
import { follow } from '../logs/follow.ts';
import { lineReader } from '../logs/line-reader.ts';
import { isWanted } from '../logs/log-filter.ts';
import type { LogLine } from '../logs/log-line.ts';
import { readLogEvents } from '../logs/read-log-events.ts';
import { functionsOf, namesOf, readRunning } from '../logs/stage-functions.ts';
import { stacksInSources } from '../logs/stacks-in-sources.ts';
import { stageMaps } from '../source-maps/stage-maps.ts';
import type { Connection } from '../stack/connection.ts';
import { stackChangedAt } from '../swap/base.ts';
import type { Line } from './api.ts';
import { lineView } from './line-view.ts';

/** Milliseconds between two looks. */
const pollMs = 1_000;

/** What functions log from a time on, without metrics and what Lambda itself writes; until the signal. */
export async function* streamLogs(connection: Connection, from: number, signal: AbortSignal): AsyncGenerator<Line> {
  let running = await readFunctions(connection);
  const pause = async (): Promise<void> => {
    await sleep(pollMs, undefined, { signal });
    // A deploy may have brought a function, and brings releases.
    if ((await stackChangedAt(connection)) !== running.changedAt) running = await readFunctions(connection);
  };
  const read = (start: number) => readLogEvents(connection, running.names, { from: start });
  const readLines = lineReader();
  try {
    for await (const events of follow(read, from, pause)) {
      for (const line of readLines(events)) if (isWanted(line, {})) yield await running.show(line);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** The functions of the stage, and how to show their lines; of a change to the stack meanwhile, it is the older time. */
async function readFunctions(connection: Connection) {
  const changedAt = await stackChangedAt(connection);
  const record = await readRunning(connection);
  const functions = functionsOf(record);
  const stackOf = stacksInSources(await stageMaps(connection, record));
  const view = lineView(namesOf(functions));
  const show = async (line: LogLine): Promise<Line> => view(line, await stackOf(line));
  return { changedAt, names: functions.map(({ functionName }) => functionName), show };
}
