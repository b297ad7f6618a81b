import { eventItem } from '@shared/orders/event-items';
import type { StoredEvent } from '@shared/orders/stored-event';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';

let sequence = 0;

/** The stream's record of an item that was put. */
export function recordOf(item: Readonly<Record<string, unknown>>): DynamoDBRecord {
  sequence += 1;
  const NewImage = marshall(item, { removeUndefinedValues: true }) as NonNullable<
    NonNullable<DynamoDBRecord['dynamodb']>['NewImage']
  >;
  return {
    eventID: `record-${sequence}`,
    eventName: 'INSERT',
    eventSourceARN: 'arn:aws:dynamodb:eu-west-1:000000000000:table/aviary-events-local/stream/1',
    dynamodb: { NewImage, SequenceNumber: String(sequence) },
  };
}

/** The stream's record of an event. */
export const recordOfEvent = (event: StoredEvent): DynamoDBRecord => recordOf(eventItem(event));

/** A source of numbers from 0 to 1 that gives the same ones for the same seed (a linear congruential generator). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Every record one to three times, shuffled, in batches of up to `size`; a copy is another delivery of the same record. */
export function shuffledBatches(
  records: readonly DynamoDBRecord[],
  size: number,
  random: () => number,
): DynamoDBRecord[][] {
  const copies = records.flatMap((record) => {
    const times = 1 + Math.floor(random() * 3);
    return Array.from({ length: times }, () => {
      sequence += 1;
      return { ...record, dynamodb: { ...record.dynamodb, SequenceNumber: String(sequence) } };
    });
  });
  const shuffled = copies
    .map((record) => ({ record, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ record }) => record);
  return Array.from({ length: Math.ceil(shuffled.length / size) }, (_, at) =>
    shuffled.slice(at * size, (at + 1) * size),
  );
}

/** Delivers a batch as Lambda does: again from the first record that failed, and all of it after an error. */
export async function deliver(
  batch: readonly DynamoDBRecord[],
  handle: (records: readonly DynamoDBRecord[]) => Promise<DynamoDBBatchResponse>,
): Promise<void> {
  let left = batch;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === 100) throw new Error('The batch fails for ever');
    const pending = left;
    try {
      const { batchItemFailures } = await handle(pending);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const first = pending.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
      left = first === -1 ? [] : pending.slice(first);
    } catch {
      left = pending;
    }
  }
}
