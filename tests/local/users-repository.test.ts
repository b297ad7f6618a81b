import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDbUsers } from '../../functions/users/dynamodb-users.ts';
import { usersRepositoryContract } from '../support/runtime/users-repository-contract.ts';

// The endpoint is AWS_ENDPOINT_URL, as it is for a function. Never the account: it makes a table for each test.
const endpoint = process.env['AWS_ENDPOINT_URL'];
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const attribute = (name: string): { AttributeName: string; AttributeType: 'S' } => ({
  AttributeName: name,
  AttributeType: 'S',
});

describe('users in DynamoDB', () => {
  if (endpoint === undefined) throw new Error('AWS_ENDPOINT_URL is not set: start the local cloud');
  const client = new DynamoDBClient({ endpoint, credentials, region: 'eu-west-1' });
  const tables: string[] = [];

  async function makeTable(): Promise<string> {
    const table = `users-contract-${randomUUID()}`;
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(attribute),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'gsi1',
            KeySchema: [
              { AttributeName: 'gsi1pk', KeyType: 'HASH' },
              { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      }),
    );
    tables.push(table);
    return table;
  }

  afterAll(async () => {
    await Promise.all(tables.map((table) => client.send(new DeleteTableCommand({ TableName: table }))));
    client.destroy();
  });

  usersRepositoryContract(async () => dynamoDbUsers(DynamoDBDocumentClient.from(client), await makeTable()));
});
