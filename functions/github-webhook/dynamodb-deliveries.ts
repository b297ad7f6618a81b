import { ConditionsFailedError, ContentionError, tableError } from '@shared/dynamodb/table-errors';
import { ConflictError } from '@shared/errors/app-error';
import { retry } from '@shared/resilience/retry';
import {
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { deliveryTimes, type Deliveries, type Delivery } from './deliveries.ts';

const contention = { attempts: 6, baseDelayMs: 25, maxDelayMs: 400 };

const keysOf = ({ id, digest }: Delivery): { pk: string; sk: string }[] =>
  [`DELIVERY#${id}`, `DELIVERY#sha256:${digest}`].map((pk) => ({ pk, sk: 'DELIVERY' }));

/**
 * Keeps deliveries in the product's table, two items each. `heldUntil` decides and not that an item is there: DynamoDB
 * deletes what has expired up to two days late.
 * @param now seconds since 1970
 */
export function dynamoDbDeliveries(client: DynamoDBDocumentClient, table: string, now: () => number): Deliveries {
  const write = (items: NonNullable<TransactWriteCommandInput['TransactItems']>): Promise<void> =>
    retry(
      contention,
      (error) => error instanceof ContentionError,
      async () => {
        try {
          await client.send(new TransactWriteCommand({ TransactItems: items }));
        } catch (error) {
          throw tableError(error);
        }
      },
    );

  const item = (key: { pk: string; sk: string }, seconds: number): Record<string, unknown> => ({
    ...key,
    heldUntil: now() + seconds,
    expiresAt: now() + seconds,
  });

  return {
    claim: async (delivery) => {
      const condition = {
        ConditionExpression: 'attribute_not_exists(pk) OR heldUntil < :now',
        ExpressionAttributeValues: { ':now': now() },
      };
      try {
        await write(
          keysOf(delivery).map((key) => ({
            Put: { TableName: table, Item: item(key, deliveryTimes.claim), ...condition },
          })),
        );
      } catch (cause) {
        if (!(cause instanceof ConditionsFailedError)) throw cause;
        throw new ConflictError('The delivery was handled already', [], { cause });
      }
    },
    keep: (delivery) =>
      write(keysOf(delivery).map((key) => ({ Put: { TableName: table, Item: item(key, deliveryTimes.memory) } }))),
    release: (delivery) => write(keysOf(delivery).map((key) => ({ Delete: { TableName: table, Key: key } }))),
  };
}
