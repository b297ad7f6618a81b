import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import type { Datapoint } from './datapoint.ts';

/** How many messages each queue of the local cloud has to give, as of now. @param at milliseconds since 1970 */
export async function readQueueDepths(connection: Connection, at: number): Promise<Datapoint[]> {
  const { GetQueueAttributesCommand, paginateListQueues, SQSClient } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient(clientConfig(connection));
  const depth = async (QueueUrl: string): Promise<Datapoint> => {
    const AttributeNames = ['ApproximateNumberOfMessages' as const];
    const { Attributes = {} } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    return {
      namespace: 'AWS/SQS',
      name: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: QueueUrl.split('/').at(-1) ?? '' },
      at,
      value: Number(Attributes.ApproximateNumberOfMessages ?? 0),
      unit: 'Count',
    };
  };
  const all = async (): Promise<Datapoint[]> => {
    const urls: string[] = [];
    for await (const { QueueUrls = [] } of paginateListQueues({ client }, {})) urls.push(...QueueUrls);
    return await Promise.all(urls.map(depth));
  };
  try {
    return await asking(connection, all());
  } finally {
    client.destroy();
  }
}
