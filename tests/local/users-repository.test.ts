import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDbUsers } from '../../functions/users/dynamodb-users.ts';
import { localClient } from '../../tools/local/environment.ts';
import { useCloud } from '../support/cloud.ts';
import { usersRepositoryContract } from '../support/runtime/users-repository-contract.ts';

const attribute = (name: string): { AttributeName: string; AttributeType: 'S' } => ({
  AttributeName: name,
  AttributeType: 'S',
});

describe('users in DynamoDB', () => {
  const cloud = useCloud();
  let client: DynamoDBClient;
  beforeAll(() => {
    client = new DynamoDBClient(localClient(cloud.endpoint));
  });
  afterAll(() => {
    client.destroy();
  });

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
    return table;
  }

  usersRepositoryContract(async () => dynamoDbUsers(DynamoDBDocumentClient.from(client), await makeTable()));
});
