import { namedFailure } from '@shared/dynamodb/table-errors';
import { viewItem, viewKey, viewPartition, viewShards } from '@shared/orders/order-view';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OrderViews } from './order-views.ts';

/** Keeps the read model in the product's table, one item per order and generation. */
export function dynamoDbOrderViews(client: DynamoDBDocumentClient, table: string): OrderViews {
  async function idsOf(generation: string, shard: string, limit: number): Promise<string[]> {
    const { Items = [] } = await namedFailure(
      client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': viewPartition(generation, shard) },
          ProjectionExpression: 'sk',
          ConsistentRead: true,
          Limit: limit,
        }),
      ),
    );
    return Items.map((item) => String(item['sk']));
  }

  return {
    put: async (generation, view) => {
      try {
        await namedFailure(
          client.send(
            new PutCommand({
              TableName: table,
              Item: viewItem(generation, view),
              ConditionExpression: 'attribute_not_exists(pk) OR version < :version',
              ExpressionAttributeValues: { ':version': view.version },
            }),
          ),
        );
      } catch (error) {
        // This version, or a later one, is shown.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    some: async (generation, limit) => {
      const ids: string[] = [];
      for (const shard of viewShards) {
        if (ids.length < limit) ids.push(...(await idsOf(generation, shard, limit - ids.length)));
      }
      return ids;
    },
    remove: async (generation, id) => {
      await namedFailure(client.send(new DeleteCommand({ TableName: table, Key: viewKey(generation, id) })));
    },
  };
}
