import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient, type AttributeDefinition } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localClient } from '../../../tools/local/environment.ts';

/** Tables that no other test has: that of the events, and the product's one with both of its indexes. */
export interface OrderTables {
  readonly client: DynamoDBDocumentClient;
  readonly events: string;
  readonly main: string;
}

const text = (name: string): AttributeDefinition => ({ AttributeName: name, AttributeType: 'S' });
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

/** A client of the local cloud at an address. */
export function documentClientAt(endpoint: string): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient(localClient(endpoint)), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

/** Makes both tables, as template.yaml and infra/data.yaml have them, in the local cloud at an address. */
export async function makeOrderTables(endpoint: string): Promise<OrderTables> {
  const client = documentClientAt(endpoint);
  const mark = randomUUID();
  const common = { BillingMode: 'PAY_PER_REQUEST', KeySchema: keys('pk', 'sk') } as const;
  const indexes = ['gsi1', 'gsi2'];
  const attributes = indexes.flatMap((index) => [`${index}pk`, `${index}sk`]);
  await client.send(
    new CreateTableCommand({
      ...common,
      TableName: `events-${mark}`,
      AttributeDefinitions: ['pk', 'sk'].map(text),
    }),
  );
  await client.send(
    new CreateTableCommand({
      ...common,
      TableName: `main-${mark}`,
      AttributeDefinitions: ['pk', 'sk', ...attributes].map(text),
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index,
        KeySchema: keys(`${index}pk`, `${index}sk`),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  );
  return { client, events: `events-${mark}`, main: `main-${mark}` };
}
