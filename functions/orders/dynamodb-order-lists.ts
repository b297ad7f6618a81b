import { namedFailure } from '@shared/dynamodb/table-errors';
import { listOf, listSortKey, orderView, viewKey } from '@shared/orders/order-view';
import { readGenerations } from '@shared/orders/projection-pointer';
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OrderLists } from './order-lists.ts';

/** Reads the lists from the live generation of the projection `orders` in the product's table. */
export function dynamoDbOrderLists(client: DynamoDBDocumentClient, table: string): OrderLists {
  return {
    list: async (filter, limit, after) => {
      const { live } = await namedFailure(readGenerations(client, table));
      const { index, partition } = listOf(live, filter);
      const start =
        after === undefined
          ? undefined
          : { ...viewKey(live, after.id), [`${index}pk`]: partition, [`${index}sk`]: listSortKey(after) };
      const { Items = [], LastEvaluatedKey } = await namedFailure(
        client.send(
          new QueryCommand({
            TableName: table,
            IndexName: index,
            KeyConditionExpression: '#pk = :pk',
            ExpressionAttributeNames: { '#pk': `${index}pk` },
            ExpressionAttributeValues: { ':pk': partition },
            ScanIndexForward: false,
            // One more than asked for tells whether there is a next page.
            Limit: limit + 1,
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        ),
      );
      const items = Items.slice(0, limit).map((item) => orderView.parse(item));
      const last = items.at(-1);
      const more = Items.length > limit || LastEvaluatedKey !== undefined;
      return more && last !== undefined ? { items, next: { createdAt: last.createdAt, id: last.id } } : { items };
    },
  };
}
