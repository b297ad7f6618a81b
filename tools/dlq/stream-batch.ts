import { parseJson, type Json, type JsonObject } from '../lib/json.ts';
import type { DeadLetter } from './read-message.ts';

/**
 * The batch in which a stream would bring a record again that its function has parked. Undefined for anything else: of a
 * batch that failed Lambda leaves the place in the stream, and not the records.
 */
export function streamBatch({ payload, parked, sentAt }: DeadLetter): JsonObject | undefined {
  if (parked === undefined) return undefined;
  const { source, recordId, encoding } = parked;
  const records: Readonly<Record<string, () => Json>> = {
    // What is parked of a table's stream is the record itself.
    dynamodb: () => parseJson(payload),
    kinesis: () => ({
      eventID: recordId,
      eventName: 'aws:kinesis:record',
      eventSource: 'aws:kinesis',
      eventSourceARN: source,
      eventVersion: '1.0',
      kinesis: {
        kinesisSchemaVersion: '1.0',
        // The key is not kept; it has done its work when the record went to its shard.
        partitionKey: recordId,
        sequenceNumber: recordId.slice(recordId.indexOf(':') + 1),
        data: Buffer.from(encoding === 'base64' && payload === '-' ? '' : payload, encoding).toString('base64'),
        approximateArrivalTimestamp: sentAt / 1000,
      },
    }),
  };
  const record = records[source.split(':')[2] ?? ''];
  return record === undefined ? undefined : { Records: [record()] };
}
