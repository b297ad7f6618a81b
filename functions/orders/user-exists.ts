import { namedFailure } from '@shared/dynamodb/table-errors';
import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Asks the product's table for a user, by the key that the users function gives it; a test holds the two together. */
export function userExists(client: DynamoDBDocumentClient, table: string): (userId: string) => Promise<boolean> {
  return async (userId) => {
    const Key = { pk: `USER#${userId}`, sk: 'USER' };
    const command = new GetCommand({ TableName: table, Key, ConsistentRead: true, ProjectionExpression: 'pk' });
    return (await namedFailure(client.send(command))).Item !== undefined;
  };
}
