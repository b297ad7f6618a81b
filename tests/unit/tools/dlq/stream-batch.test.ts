import { sqsPark } from '@shared/batch/sqs-park';
import type { SendMessageCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { readMessage, type DeadLetter } from '../../../../tools/dlq/read-message.ts';
import { streamBatch } from '../../../../tools/dlq/stream-batch.ts';
import { kinesisEvent } from '../../../support/runtime/kinesis-windows.ts';
import { recordOf } from '../../../support/runtime/stream-records.ts';

/** The message that a function makes of a record that it parks. */
async function parked(body: Uint8Array, source: string, recordId: string): Promise<DeadLetter> {
  const sent: SendMessageCommandInput[] = [];
  const send = ({ input }: { input: SendMessageCommandInput }): Promise<void> => Promise.resolve(void sent.push(input));
  await sqsPark(
    { send: send as SQSClient['send'] },
    'queue',
  )({
    body,
    source,
    recordId,
    cause: 'NOT_AN_EVENT',
    detail: 'type',
  });
  const [{ MessageBody: Body = '', MessageAttributes = {} } = {}] = sent;
  return readMessage({ MessageId: 'm', Body, MessageAttributes, Attributes: { SentTimestamp: '0' } });
}

describe('streamBatch', () => {
  it.each(['{"type":"OrderEaten"}', '-', '', '\u0000\u0001'])(
    'brings %j back as its stream brought it',
    async (data) => {
      const batch = kinesisEvent(data);
      const [record] = batch.Records;
      if (record === undefined) throw new Error('The batch has a record');
      const { eventID, eventSourceARN, eventSource, kinesis } = record;

      const again = streamBatch(await parked(Buffer.from(data), eventSourceARN, eventID));

      const { sequenceNumber, data: same } = kinesis;
      expect(again).toMatchObject({
        Records: [{ eventID, eventSourceARN, eventSource, kinesis: { sequenceNumber, data: same } }],
      });
    },
  );

  it('brings a record of a table back as it was', async () => {
    const record = recordOf({ pk: 'x', name: 'Zoë' });

    const letter = await parked(Buffer.from(JSON.stringify(record)), record.eventSourceARN ?? '', record.eventID ?? '');

    expect(streamBatch(letter)).toEqual({ Records: [record] });
    expect(letter.cause).toBe('NOT_AN_EVENT type');
  });

  it('has nothing to bring back of what Lambda says of a batch, or of a message of a queue', async () => {
    const note = readMessage({ MessageId: 'm', Body: '{"KinesisBatchInfo":{"shardId":"1"}}' });
    const message = await parked(Buffer.from('{}'), 'arn:aws:sqs:eu-west-1:000000000000:queue', 'm');

    expect([streamBatch(note), streamBatch(message)]).toEqual([undefined, undefined]);
  });
});
