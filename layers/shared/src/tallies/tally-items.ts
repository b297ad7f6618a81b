import { sum, type Contribution, type Numbers } from '@shared/tallies/tallies';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

/** A primary key of the table. */
export type Key = Readonly<Record<'pk' | 'sk', string>>;

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** The partition of the rows of one day. */
export const dayKey = (series: string, day: string): string => `TALLY#${series}#${day}`;

/** The key of a row: a day's windows are one partition, in order. */
export const rowKey = (series: string, window: string, part: string): Key => ({
  pk: dayKey(series, window.slice(0, 10)),
  sk: `${window}#${part}`,
});

/** The key of the mark that something has counted. */
export const markKey = (series: string, onceId: string): Key => ({ pk: `COUNTED#${series}#${onceId}`, sk: 'COUNTED' });

/** The window that a row is of. */
export const windowOfRow = (sk: string): string => sk.split('#')[0] ?? sk;

// The attributes of numbers begin so, and no other attribute does.
const prefix = 'n:';

/** Reads the numbers out of a row. */
export function numbersOf(item: Readonly<Record<string, unknown>>): Numbers {
  const pairs = Object.entries(item).flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === 'number' ? [[name.slice(prefix.length), value] as const] : [],
  );
  return Object.fromEntries(pairs);
}

/** The write that adds numbers to a row, which is made where there is none. */
export function addition(
  TableName: string,
  Key: Key,
  contributions: readonly Contribution[],
  expiresAt: number,
): Write {
  const numbers = Object.entries(contributions.map((it) => it.numbers).reduce(sum, {}));
  return {
    Update: {
      TableName,
      Key,
      UpdateExpression: `SET expiresAt = :expiresAt ADD ${numbers.map((_, at) => `#n${at} :n${at}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(numbers.map(([name], at) => [`#n${at}`, `${prefix}${name}`])),
      ExpressionAttributeValues: {
        ':expiresAt': expiresAt,
        ...Object.fromEntries(numbers.map(([, value], at) => [`:n${at}`, value])),
      },
    },
  };
}

/** The write that marks a thing as counted, and fails where it has. */
export const mark = (TableName: string, Key: Key, expiresAt: number): Write => ({
  Put: { TableName, Item: { ...Key, expiresAt }, ConditionExpression: 'attribute_not_exists(pk)' },
});
