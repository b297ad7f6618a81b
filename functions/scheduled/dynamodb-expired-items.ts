import { tableError } from '@shared/dynamodb/table-errors';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ExpiredItems } from './expired-items.ts';

const key = z.object({ pk: z.string(), sk: z.string() });
const kept = z.object({ place: key.optional() });
const placeKey = { pk: 'JOB#cleanUp', sk: 'PLACE' };

/** Finds expired items by a scan of the product's table: there is no index over `expiresAt`, which few items need. */
export function dynamoDbExpiredItems(client: DynamoDBDocumentClient, table: string): ExpiredItems {
  const named = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      throw tableError(error);
    }
  };

  return {
    find: async (time, limit, from) => {
      const scan = new ScanCommand({
        TableName: table,
        ProjectionExpression: 'pk, sk',
        FilterExpression: 'expiresAt < :time',
        ExpressionAttributeValues: { ':time': time },
        Limit: limit,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      });
      const { Items = [], LastEvaluatedKey } = await named(client.send(scan));
      const expired = Items.map((item) => key.parse(item));
      return LastEvaluatedKey === undefined ? { expired } : { expired, next: key.parse(LastEvaluatedKey) };
    },
    remove: async ({ pk, sk }, time) => {
      const remove = new DeleteCommand({
        TableName: table,
        Key: { pk, sk },
        ConditionExpression: 'expiresAt < :time',
        ExpressionAttributeValues: { ':time': time },
      });
      try {
        await named(client.send(remove));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    place: async () => {
      const { Item } = await named(client.send(new GetCommand({ TableName: table, Key: placeKey })));
      return kept.parse(Item ?? {}).place;
    },
    keepPlace: async (place) => {
      await named(client.send(new PutCommand({ TableName: table, Item: { ...placeKey, place } })));
    },
  };
}
