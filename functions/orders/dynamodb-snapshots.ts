import { money, orderStatus } from '@shared/contracts/order-events';
import { namedFailure } from '@shared/dynamodb/table-errors';
import { orderLine } from '@shared/orders/stored-event';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Snapshots } from './event-store.ts';

const key = (id: string): Record<'pk' | 'sk', string> => ({ pk: `ORDER#${id}`, sk: 'SNAPSHOT' });

// A snapshot of another form is left alone and not read: the events give the same order.
const form = 1;
const snapshot = z.object({
  form: z.literal(form),
  id: z.string(),
  userId: z.string(),
  status: orderStatus,
  lines: z.array(orderLine),
  total: money,
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** Keeps snapshots in the product's table and not in that of the events, where nothing is ever written over. */
export function dynamoDbSnapshots(client: DynamoDBDocumentClient, table: string): Snapshots {
  return {
    find: async (id) => {
      const command = new GetCommand({ TableName: table, Key: key(id), ConsistentRead: true });
      const { success, data } = snapshot.safeParse((await namedFailure(client.send(command))).Item);
      if (!success) return undefined;
      const { form: _form, ...order } = data;
      return order;
    },
    save: async (order) => {
      try {
        await namedFailure(
          client.send(
            new PutCommand({
              TableName: table,
              Item: { ...key(order.id), ...order, form },
              ConditionExpression: 'attribute_not_exists(pk) OR version < :version',
              ExpressionAttributeValues: { ':version': order.version },
            }),
          ),
        );
      } catch (error) {
        // There is a later one.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
