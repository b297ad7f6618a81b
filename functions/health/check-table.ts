import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { HealthCheck } from './dependencies.ts';

// Reads a key that is never written: it needs no right but GetItem, and costs half a read unit.
const key = { pk: 'HEALTH', sk: 'HEALTH' };

/** Checks that the table answers a read. */
export const tableCheck = (client: DynamoDBDocumentClient, table: string): HealthCheck => ({
  name: 'table',
  run: (signal) => client.send(new GetCommand({ TableName: table, Key: key }), { abortSignal: signal }),
});
