import { setTimeout as sleep } from 'node:timers/promises';
import { logGroupOf, readLogEvents } from '../../tools/logs/read-log-events.ts';
import { localStage, readStage } from '../../tools/template/read-stages.ts';
import { repository } from './cloud.ts';

/** One line that a function has logged as JSON. */
export type LogLine = Readonly<Record<string, unknown>>;

/** All that a log group of the local cloud has. */
export async function logMessages(endpoint: string, logGroupName: string): Promise<string[]> {
  const connection = { root: repository, stage: readStage(repository, localStage), endpoint };
  const events = await readLogEvents(connection, [logGroupName.replace(logGroupOf(''), '')]);
  return events.map(({ message }) => message);
}

/** The JSON lines of a log group of the local cloud. */
export async function logLines(endpoint: string, logGroupName: string): Promise<LogLine[]> {
  const messages = await logMessages(endpoint, logGroupName);
  return messages.flatMap((message) => (message.startsWith('{') ? [JSON.parse(message) as LogLine] : []));
}

/** Waits for lines that are written after the answer; gives up, with what there is, after some seconds. */
export async function awaitLogLines(
  endpoint: string,
  logGroupName: string,
  enough: (lines: readonly LogLine[]) => boolean,
): Promise<LogLine[]> {
  for (let attempt = 0; ; attempt += 1) {
    const lines = await logLines(endpoint, logGroupName);
    if (enough(lines) || attempt === 100) return lines;
    await sleep(100);
  }
}
