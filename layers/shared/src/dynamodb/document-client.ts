import { captureClient } from '@shared/observability/tracer';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * Makes the DynamoDB client of a function; call it once, outside the handler: connections are kept alive between
 * invocations. Region, credentials and endpoint come from the environment.
 */
export function createDocumentClient(): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    // A table answers within milliseconds. Without limits a lost connection would hold a request for the function's
    // whole 30 s; without throwOnRequestTimeout the SDK only warns.
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    maxAttempts: 3,
  });
  return DynamoDBDocumentClient.from(captureClient(client), { marshallOptions: { removeUndefinedValues: true } });
}
