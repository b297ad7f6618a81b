import { orderEvent, type OrderEvent } from '@shared/contracts/order-events';
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { randomUUID } from 'node:crypto';
import { localClient, localRegion } from '../../../tools/local/environment.ts';

/** What order events go to, in a local cloud, and what has arrived there. */
export interface OrderMessages {
  readonly kinesis: KinesisClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

/** Clients of the local cloud at an address. Over HTTP/2 it breaks off an answer of more than 64 KB. */
export function orderMessages(endpoint: string): OrderMessages {
  const config = localClient(endpoint);
  return {
    kinesis: new KinesisClient({ ...config, requestHandler: new NodeHttpHandler() }),
    sns: new SNSClient(config),
    sqs: new SQSClient(config),
  };
}

/** Places that no other test has. */
export interface Targets {
  readonly streamName: string;
  readonly topicArn: string;
  /** A queue that hears the topic. */
  readonly heardUrl: string;
  readonly deadLettersUrl: string;
}

/** Makes a stream, a topic with a queue that hears it, and a queue for what cannot be read. */
export async function makeTargets({ kinesis, sns, sqs }: OrderMessages): Promise<Targets> {
  const name = randomUUID();
  await kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 2 }));
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: name }));
  const heardUrl = await makeQueue(sqs, `heard-${name}`);
  await hear({ sns }, TopicArn, `heard-${name}`);
  return { streamName: name, topicArn: TopicArn, heardUrl, deadLettersUrl: await makeQueue(sqs, `dead-${name}`) };
}

export async function makeQueue(sqs: SQSClient, QueueName: string): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? '';
}

/** Lets a queue hear a topic. */
export async function hear({ sns }: Pick<OrderMessages, 'sns'>, TopicArn: string, queueName: string): Promise<void> {
  const Endpoint = `arn:aws:sqs:${localRegion}:000000000000:${queueName}`;
  const Attributes = { RawMessageDelivery: 'true' };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
}

/** Every event that a stream of order events has, shard by shard; each has the form of the contract. */
export const streamed = async (messages: Pick<OrderMessages, 'kinesis'>, streamName: string): Promise<OrderEvent[]> =>
  (await recordsOf(messages, streamName)).map((record) => orderEvent.parse(record));

/** Every record that a stream has, shard by shard. */
export async function recordsOf({ kinesis }: Pick<OrderMessages, 'kinesis'>, StreamName: string): Promise<unknown[]> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }));
  const found: unknown[] = [];
  for (const { ShardId } of Shards) {
    const start = { StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
    let { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(start));
    for (let last = 1; last > 0;) {
      const { Records = [], NextShardIterator } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
      found.push(...Records.map(({ Data = new Uint8Array() }) => JSON.parse(Buffer.from(Data).toString()) as unknown));
      [ShardIterator, last] = [NextShardIterator, Records.length];
    }
  }
  return found;
}

/** Takes every message out of a queue. */
export async function drained({ sqs }: Pick<OrderMessages, 'sqs'>, QueueUrl: string): Promise<unknown[]> {
  const bodies: unknown[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return bodies;
    for (const { Body = '', ReceiptHandle } of Messages) {
      bodies.push(JSON.parse(Body));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}
