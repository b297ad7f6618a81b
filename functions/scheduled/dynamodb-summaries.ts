import { tableError } from '@shared/dynamodb/table-errors';
import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Summaries } from './summaries.ts';

/** Keeps summaries in the product's table, one item a day. */
export function dynamoDbSummaries(client: DynamoDBDocumentClient, table: string): Summaries {
  return {
    save: async (summary) => {
      const Item = { pk: 'SUMMARY#orders', sk: summary.date, ...summary };
      try {
        await client.send(new PutCommand({ TableName: table, Item }));
      } catch (error) {
        throw tableError(error);
      }
    },
  };
}
