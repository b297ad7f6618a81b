import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LocalClient } from '../../tools/local/environment.ts';

/**
 * Puts into the processor's dead-letter queue what Lambda would put there of an event that failed: MiniStack's CloudFormation
 * leaves the queue out of the function.
 */
export async function putDeadLetter(client: LocalClient, event: unknown): Promise<void> {
  const sqs = new SQSClient(client);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'aviary-processor-dlq-local' }));
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: JSON.stringify(event),
      MessageAttributes: {
        RequestID: text('r-1'),
        ErrorCode: text('200'),
        ErrorMessage: text('data.name: too small'),
      },
    }),
  );
  sqs.destroy();
}
