import { tableError } from '@shared/dynamodb/table-errors';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mailTimes, type SentMails } from './sent-mails.ts';

/**
 * Keeps one item per event in the product's table. `heldUntil` decides and not that an item is there: DynamoDB deletes
 * what has expired up to two days late.
 * @param now seconds since 1970
 */
export function dynamoDbSentMails(client: DynamoDBDocumentClient, table: string, now: () => number): SentMails {
  const keyOf = (eventId: string): { pk: string; sk: string } => ({ pk: `MAIL#${eventId}`, sk: 'MAIL' });
  const named = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      throw tableError(error);
    }
  };
  const item = (eventId: string, sent: boolean, seconds: number): Record<string, unknown> => ({
    ...keyOf(eventId),
    sent,
    heldUntil: now() + seconds,
    expiresAt: now() + seconds,
  });

  return {
    claim: async (eventId) => {
      const put = new PutCommand({
        TableName: table,
        Item: item(eventId, false, mailTimes.claim),
        ConditionExpression: 'attribute_not_exists(pk) OR heldUntil < :now',
        ExpressionAttributeValues: { ':now': now() },
      });
      try {
        await named(client.send(put));
        return 'mine';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const get = new GetCommand({ TableName: table, Key: keyOf(eventId), ConsistentRead: true });
        // Given back meanwhile counts as held: the next delivery will see.
        return (await named(client.send(get))).Item?.['sent'] === true ? 'sent' : 'held';
      }
    },
    keep: async (eventId) => {
      await named(client.send(new PutCommand({ TableName: table, Item: item(eventId, true, mailTimes.memory) })));
    },
    release: async (eventId) => {
      await named(client.send(new DeleteCommand({ TableName: table, Key: keyOf(eventId) })));
    },
  };
}
