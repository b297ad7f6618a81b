import type { OrderEvent } from '@shared/contracts/order-events';
import { captureClient } from '@shared/observability/tracer';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Tells the rest of the system of an order event; told again, it has the same `eventId`. */
export type PublishOrderEvent = (event: OrderEvent) => Promise<void>;

/** Where order events go. */
export interface OrderEventTargets {
  readonly streamName: string;
  readonly topicArn: string;
}

/** Publishes to the stream, in which the events of one order keep their order, and to the topic, by its `type`. */
export function orderEventPublisher(
  kinesis: KinesisClient,
  sns: SNSClient,
  { streamName, topicArn }: OrderEventTargets,
): PublishOrderEvent {
  return async (event) => {
    const text = JSON.stringify(event);
    await kinesis.send(
      new PutRecordCommand({ StreamName: streamName, PartitionKey: event.order.id, Data: Buffer.from(text) }),
    );
    await sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Message: text,
        MessageAttributes: { type: { DataType: 'String', StringValue: event.type } },
      }),
    );
  };
}

/** The publisher of a function, with clients of its own; call it once, outside the handler. */
export function createOrderEventPublisher(targets: OrderEventTargets): PublishOrderEvent {
  const limits = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };
  // This client would speak HTTP/2, whose one session does not outlive the time that Lambda freezes a function.
  const kinesis = new KinesisClient({ requestHandler: new NodeHttpHandler(limits), maxAttempts: 3 });
  const sns = new SNSClient({ requestHandler: limits, maxAttempts: 3 });
  return orderEventPublisher(captureClient(kinesis), captureClient(sns), targets);
}
