import { namedFailure } from '@shared/dynamodb/table-errors';
import { eventItem, eventKey, eventPartition, eventSortKey } from '@shared/orders/event-items';
import { readStoredEvent, type StoredEvent } from '@shared/orders/stored-event';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EventStore } from './event-store.ts';
import { VersionTakenError } from './order-errors.ts';

/** Keeps events in the events table, one item each; nothing there is ever changed or deleted. */
export function dynamoDbEvents(client: DynamoDBDocumentClient, table: string): EventStore {
  /** The SDK repeats a call whose answer was lost: the version may be taken by this very event. */
  async function isStored({ eventId, order }: StoredEvent): Promise<boolean> {
    const command = new GetCommand({ TableName: table, Key: eventKey(order.id, order.version), ConsistentRead: true });
    return (await namedFailure(client.send(command))).Item?.['eventId'] === eventId;
  }

  return {
    append: async (event) => {
      try {
        await namedFailure(
          client.send(
            new PutCommand({
              TableName: table,
              Item: eventItem(event),
              ConditionExpression: 'attribute_not_exists(pk)',
            }),
          ),
        );
      } catch (cause) {
        if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
        if (!(await isStored(event))) throw new VersionTakenError('Another event was faster', 1, { cause });
      }
    },
    read: async (orderId, after) => {
      const events: StoredEvent[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await namedFailure(
          client.send(
            new QueryCommand({
              TableName: table,
              KeyConditionExpression: 'pk = :pk AND sk > :after',
              ExpressionAttributeValues: { ':pk': eventPartition(orderId), ':after': eventSortKey(after) },
              ConsistentRead: true,
              ...(start === undefined ? {} : { ExclusiveStartKey: start }),
            }),
          ),
        );
        events.push(...Items.map(readStoredEvent));
        start = LastEvaluatedKey;
      } while (start !== undefined);
      return events;
    },
  };
}
