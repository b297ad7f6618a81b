import { PoisonRecordError } from '@shared/batch/poison-record';
import { readStoredEvent, type StoredEvent } from '@shared/orders/stored-event';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

/** Says whether an invocation brings a batch of the stream. */
export const isStreamBatch = (event: unknown): event is DynamoDBStreamEvent =>
  typeof event === 'object' && event !== null && 'Records' in event && Array.isArray(event.Records);

// The types of the event and of the SDK name the same JSON; the SDK's union has no optional members.
type Image = Parameters<typeof unmarshall>[0];
const isImage = (image: unknown): image is Image => typeof image === 'object' && image !== null;

/**
 * Reads the event that a record of the stream has.
 * @throws {PoisonRecordError} where it has none, or what is in it is no event of a form that is known here
 */
export function eventOf(record: DynamoDBRecord): StoredEvent {
  const image: unknown = record.dynamodb?.NewImage;
  if (!isImage(image)) throw new PoisonRecordError('NOT_AN_EVENT', 'The record has no new image');
  return readStoredEvent(plain(image));
}

function plain(image: Image): unknown {
  try {
    return unmarshall(image);
  } catch (cause) {
    throw new PoisonRecordError('NOT_AN_EVENT', 'The new image is not of DynamoDB', { cause });
  }
}
