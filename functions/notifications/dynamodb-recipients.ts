import { tableError } from '@shared/dynamodb/table-errors';
import { userKey } from '@shared/users/user-key';
import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Recipients } from './recipients.ts';

// What the users function writes (docs/architecture.md, The table); a contract test writes with one and reads with the other.
const userItem = z.object({ name: z.string(), email: z.string() });

/** Reads recipients from the items of users in the product's table. */
export function dynamoDbRecipients(client: DynamoDBDocumentClient, table: string): Recipients {
  return {
    find: async (userId) => {
      try {
        const { Item } = await client.send(
          new GetCommand({ TableName: table, Key: userKey(userId), ConsistentRead: true }),
        );
        return Item === undefined ? undefined : userItem.parse(Item);
      } catch (error) {
        throw tableError(error);
      }
    },
  };
}
