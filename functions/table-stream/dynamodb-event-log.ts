import { namedFailure } from '@shared/dynamodb/table-errors';
import { ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { EventLog } from './event-log.ts';

const key = z.object({ pk: z.string(), sk: z.string() });

/** Reads the events table, strongly consistent. */
export function dynamoDbEventLog(client: DynamoDBDocumentClient, table: string): EventLog {
  return {
    page: async (limit, after) => {
      const { Items = [], LastEvaluatedKey } = await namedFailure(
        client.send(
          new ScanCommand({
            TableName: table,
            ConsistentRead: true,
            Limit: limit,
            ...(after === undefined ? {} : { ExclusiveStartKey: { ...after } }),
          }),
        ),
      );
      return LastEvaluatedKey === undefined ? { items: Items } : { items: Items, cursor: key.parse(LastEvaluatedKey) };
    },
  };
}
