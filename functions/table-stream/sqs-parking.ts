import { captureClient } from '@shared/observability/tracer';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ParkRecord } from './park-record.ts';

/** Parks records in a queue: `{cause: {name, message}, record}` as JSON. Call it once, outside the handler. */
export function sqsParking(queueUrl: string, client: SQSClient = createSqsClient()): ParkRecord {
  return async (parked) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(parked) }));
  };
}

function createSqsClient(): SQSClient {
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };
  return captureClient(new SQSClient({ requestHandler, maxAttempts: 3 }));
}
