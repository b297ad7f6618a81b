import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.ts';
import type { Connection } from '../stack/connection.ts';
import { readStack } from '../stack/read-stack.ts';
import { readSources } from '../template/read-sources.ts';
import { findDeadLetters, type DeadLetters } from './dead-letters.ts';
import { openQueue, type Queue } from './queue.ts';
import type { DeadLetter } from './read-message.ts';
import { replay, type Replayed, type ReplayOptions } from './replay.ts';
import { replayRecords, type ReplayRecords } from './replay-records.ts';

/** A dead-letter queue, and how often what is in it was sent again. */
export interface OpenLetters {
  readonly queue: Queue;
  readonly records: ReplayRecords;
}

/** A message as it is shown: without what it could be deleted by. */
export type Shown = Omit<DeadLetter, 'receipt'> & { readonly replays: number };

/** The dead-letter queues that the template gives the functions of a stage. */
export function readDeadLetters({ root, stage }: Connection): DeadLetters[] {
  const { functions, resources } = readSources(root, stage);
  return findDeadLetters(functions, resources);
}

/** How many messages each queue has. */
export async function readDepths(
  connection: Connection,
  queues: readonly DeadLetters[],
): Promise<(DeadLetters & { readonly messages: number })[]> {
  const depth = async (it: DeadLetters): Promise<number> => (await openQueue(connection, it)).depth();
  return await Promise.all(queues.map(async (it) => ({ ...it, messages: await depth(it) })));
}

/** Opens a queue. @throws Failure where it, or the table of what was replayed, is not deployed */
export async function openLetters(connection: Connection, letters: DeadLetters): Promise<OpenLetters> {
  const queue = await openQueue(connection, letters);
  return { queue, records: await replayRecords(connection, await tableOf(connection), letters.name) };
}

/** The messages as they are; they are given back at once. */
export async function look({ queue, records }: OpenLetters): Promise<Shown[]> {
  const found = await queue.letters();
  await Promise.all(found.map(queue.giveBack));
  return await Promise.all(
    found.map(async ({ receipt: _receipt, ...it }) => ({ ...it, replays: await records.count(it.hash) })),
  );
}

/** Sends messages to where they came from. @param rate how many a second */
export async function sendAgain(
  { queue, records }: OpenLetters,
  options: ReplayOptions,
  rate: number,
): Promise<Replayed[]> {
  return await replay(await queue.letters(), options, {
    ...queue,
    replaysOf: records.count,
    record: records.add,
    pause: () => sleep(1000 / rate),
  });
}

/** Deletes all messages of a queue. @returns how many */
export async function purge({ queue }: OpenLetters): Promise<number> {
  const purged = await queue.depth();
  await queue.purge();
  return purged;
}

async function tableOf(connection: Connection): Promise<string> {
  const table = (await readStack(connection))?.outputs['TableName'];
  if (table !== undefined) return table;
  throw new Failure(`${connection.stage.stackName} is not deployed.`, 'Deploy it first: npm run deploy.');
}
