import type { ParkedRecord } from '@shared/batch/park';
import type { PoisonCause } from '@shared/batch/poison-record';
import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Takes from a dead-letter queue what is there, as it was parked; waits up to two seconds for the first. */
export async function readDeadLetters(client: SQSClient, QueueUrl: string): Promise<ParkedRecord[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 2,
      MessageAttributeNames: ['All'],
    }),
  );
  const records: ParkedRecord[] = [];
  for (const { Body = '', MessageAttributes = {}, ReceiptHandle } of Messages) {
    const attribute = (name: string): string => MessageAttributes[name]?.StringValue ?? '';
    const inBase64 = attribute('encoding') === 'base64';
    records.push({
      body: Buffer.from(Body === '-' && inBase64 ? '' : Body, inBase64 ? 'base64' : 'utf8'),
      cause: attribute('cause') as PoisonCause,
      detail: attribute('detail'),
      source: attribute('source'),
      recordId: attribute('recordId'),
    });
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
  return records;
}
