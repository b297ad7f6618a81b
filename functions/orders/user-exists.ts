import { namedFailure } from '@shared/dynamodb/table-errors';
import { userKey } from '@shared/users/user-key';
import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Asks the product's table for a user. */
export function userExists(client: DynamoDBDocumentClient, table: string): (userId: string) => Promise<boolean> {
  return async (userId) => {
    const command = new GetCommand({
      TableName: table,
      Key: userKey(userId),
      ConsistentRead: true,
      ProjectionExpression: 'pk',
    });
    return (await namedFailure(client.send(command))).Item !== undefined;
  };
}
