import { namedFailure } from '@shared/dynamodb/table-errors';
import { ConflictError, UnavailableError } from '@shared/errors/app-error';
import { pointerKey, readGenerations } from '@shared/orders/projection-pointer';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type DynamoDBDocumentClient, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Projection } from './projection.ts';

type Change = Omit<UpdateCommandInput, 'TableName' | 'Key'>;

/** Keeps the pointer of the projection `orders` in the product's table. */
export function dynamoDbProjection(client: DynamoDBDocumentClient, table: string): Projection {
  const read: Projection['read'] = () => namedFailure(readGenerations(client, table));

  /** @returns false where the condition was not met */
  async function change(parts: Change): Promise<boolean> {
    try {
      await namedFailure(client.send(new UpdateCommand({ TableName: table, Key: pointerKey, ...parts })));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    read,
    begin: async (generation) => {
      const { live, building } = await read();
      const begun = await change(
        building === undefined
          ? {
              UpdateExpression: 'SET building = :new, live = :live',
              ConditionExpression: 'attribute_not_exists(building)',
              ExpressionAttributeValues: { ':new': generation, ':live': live },
            }
          : {
              UpdateExpression: 'SET building = :new ADD retired :overtaken',
              ConditionExpression: 'building = :old',
              ExpressionAttributeValues: { ':new': generation, ':old': building, ':overtaken': new Set([building]) },
            },
      );
      if (!begun) throw new UnavailableError('Another rebuild is being begun', 1);
    },
    swap: async (generation) => {
      const { live } = await read();
      // The SDK repeats a call whose answer was lost.
      if (live === generation) return;
      const swapped = await change({
        UpdateExpression: 'SET live = :new REMOVE building ADD retired :old',
        ConditionExpression: 'building = :new AND live = :live',
        ExpressionAttributeValues: { ':new': generation, ':live': live, ':old': new Set([live]) },
      });
      if (!swapped && (await read()).live !== generation) throw new ConflictError('Another rebuild has begun');
    },
    forget: async (generation) => {
      await change({
        UpdateExpression: 'DELETE retired :gone',
        ExpressionAttributeValues: { ':gone': new Set([generation]) },
      });
    },
  };
}
