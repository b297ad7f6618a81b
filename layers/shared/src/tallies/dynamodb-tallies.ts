import { ConditionsFailedError, ContentionError, tableError } from '@shared/dynamodb/table-errors';
import { retry } from '@shared/resilience/retry';
import { distinct, sum, tallyTimes, type Contribution, type Numbers, type Tallies } from '@shared/tallies/tallies';
import { addition, dayKey, mark, markKey, numbersOf, rowKey, windowOfRow } from '@shared/tallies/tally-items';
import { GetCommand, paginateQuery, TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

const contention = { attempts: 8, baseDelayMs: 25, maxDelayMs: 800 };

/** A transaction takes 100 items: the row, and so many marks. */
const marksPerTransaction = 99;

const day = 86_400_000;

function* daysOf(from: string, to: string): Generator<string> {
  for (let time = Date.parse(from.slice(0, 10)); time < Date.parse(to); time += day) {
    yield new Date(time).toISOString().slice(0, 10);
  }
}

function* chunks<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

async function named<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw tableError(error);
  }
}

/**
 * Adds to the tallies of a series. Row and marks are written in one transaction, so a thing is marked if and only if its
 * numbers are in the row.
 * @param now seconds since 1970
 */
export function addTallies(
  client: DynamoDBDocumentClient,
  table: string,
  series: string,
  now: () => number,
): Tallies['add'] {
  const write = (window: string, part: string, contributions: readonly Contribution[]): Promise<unknown> => {
    const row = addition(table, rowKey(series, window, part), contributions, now() + tallyTimes.numbers);
    const marks = contributions.map((it) => mark(table, markKey(series, it.onceId), now() + tallyTimes.counted));
    const passes = (error: unknown): boolean => error instanceof ContentionError;
    return retry(contention, passes, () =>
      named(client.send(new TransactWriteCommand({ TransactItems: [row, ...marks] }))),
    );
  };

  async function addChunk(window: string, part: string, chunk: readonly Contribution[]): Promise<string[]> {
    let rest = chunk;
    while (rest.length > 0) {
      try {
        await write(window, part, rest);
        return rest.map(({ onceId }) => onceId);
      } catch (error) {
        if (!(error instanceof ConditionsFailedError)) throw error;
        // The row is the first of the transaction, and has no condition.
        const before = new Set(error.failed.map((position) => position - 1));
        rest = rest.filter((_, at) => !before.has(at));
      }
    }
    return [];
  }

  return async (part, contributions) => {
    const fresh = new Set<string>();
    for (const [window, ofWindow] of Map.groupBy(distinct(contributions), (it) => it.window)) {
      for (const chunk of chunks(ofWindow, marksPerTransaction)) {
        for (const id of await addChunk(window, part, chunk)) fresh.add(id);
      }
    }
    return fresh;
  };
}

/** Looks up the marks of a series. */
export function countedTallies(client: DynamoDBDocumentClient, table: string, series: string): Tallies['counted'] {
  return async (onceIds) => {
    const found = await Promise.all(
      [...new Set(onceIds)].map(async (id) => {
        const get = new GetCommand({ TableName: table, Key: markKey(series, id), ConsistentRead: true });
        return (await named(client.send(get))).Item === undefined ? [] : [id];
      }),
    );
    return new Set(found.flat());
  };
}

/** Reads the tallies of a series. */
export function readTallies(client: DynamoDBDocumentClient, table: string, series: string): Tallies['read'] {
  return async (from, to) => {
    const windows = new Map<string, Numbers>();
    for (const date of daysOf(from, to)) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          // A row's key goes on after its window, so the row of `to` is past the range.
          KeyConditionExpression: 'pk = :day AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':day': dayKey(series, date), ':from': from, ':to': to },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) {
        for (const item of Items) {
          const window = windowOfRow(String(item['sk']));
          windows.set(window, sum(windows.get(window) ?? {}, numbersOf(item)));
        }
      }
    }
    return [...windows].map(([window, numbers]) => ({ window, numbers }));
  };
}

/**
 * Keeps the numbers of a series in the product's table: a row per window and part, and a mark per thing that counted. A
 * function that only adds or reads takes that part alone, and needs no right for the rest.
 * @param now seconds since 1970
 */
export const dynamoDbTallies = (
  client: DynamoDBDocumentClient,
  table: string,
  series: string,
  now: () => number,
): Tallies => ({
  add: addTallies(client, table, series, now),
  counted: countedTallies(client, table, series),
  read: readTallies(client, table, series),
});
