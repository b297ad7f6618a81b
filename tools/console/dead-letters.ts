import type { DeadLetters } from '../dlq/dead-letters.ts';
import { look, openLetters, purge, readDeadLetters, readDepths, sendAgain } from '../dlq/stage-letters.ts';
import type { Connection } from '../stack/connection.ts';
import type { DeadLetterMessage, DeadLetterQueue, Replay, ReplayedMessage } from './api.ts';
import { Refusal } from './refusal.ts';

/** Messages a second: enough, and no flood. */
const rate = 50;

export async function listDeadLetters(connection: Connection): Promise<DeadLetterQueue[]> {
  const rows = await readDepths(connection, readDeadLetters(connection));
  return rows.map(({ queueName, name, messages }) => ({ queue: queueName, function: name, messages }));
}

export async function showDeadLetters(connection: Connection, queue: string): Promise<DeadLetterMessage[]> {
  const shown = await look(await openLetters(connection, queueNamed(connection, queue)));
  return shown.map(({ id, cause, payload, sentAt, replays }) => ({
    id,
    cause,
    payload,
    sentAt: new Date(sentAt).toISOString(),
    replays,
  }));
}

export async function replayDeadLetters(
  connection: Connection,
  queue: string,
  asked: Replay,
): Promise<ReplayedMessage[]> {
  const letters = await openLetters(connection, queueNamed(connection, queue));
  return await sendAgain(letters, { ...asked, max: Infinity }, rate);
}

export async function purgeDeadLetters(connection: Connection, queue: string): Promise<{ readonly purged: number }> {
  return { purged: await purge(await openLetters(connection, queueNamed(connection, queue))) };
}

function queueNamed(connection: Connection, queue: string): DeadLetters {
  const found = readDeadLetters(connection).find(({ queueName }) => queueName === queue);
  if (found !== undefined) return found;
  throw new Refusal(404, `No function has the dead-letter queue ${queue}.`, 'GET /console/dead-letters lists them.');
}
