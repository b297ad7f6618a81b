import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localClient } from '../../../tools/local/environment.ts';

/** A new queue that hears a topic of the local cloud. @returns reads the bodies of what has come since the last call */
export async function subscribeQueue(endpoint: string, TopicArn: string): Promise<() => Promise<unknown[]>> {
  const [sqs, sns] = [new SQSClient(localClient(endpoint)), new SNSClient(localClient(endpoint))];
  const QueueName = `hears-${randomUUID()}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const Attributes = { RawMessageDelivery: 'true' };
  const Endpoint = `arn:aws:sqs:eu-west-1:000000000000:${QueueName}`;
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
  return async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
    );
    if (Messages.length === 0) await wait(100);
    return Messages.map(({ Body = '' }): unknown => JSON.parse(Body));
  };
}
