import { captureClient } from '@shared/observability/tracer';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Makes the SQS client of a function, with limits as the table's has; call it once, outside the handler. */
export const createSqsClient = (): SQSClient =>
  captureClient(
    new SQSClient({
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
      maxAttempts: 3,
    }),
  );
