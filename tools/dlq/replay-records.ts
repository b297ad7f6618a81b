import { clientConfig, type Connection } from '../stack/connection.ts';
import type { DeadLetter } from './read-message.ts';

/** How long it is known that something was replayed: twice as long as SQS keeps a message, in seconds. */
const keptFor = 28 * 24 * 3600;

/** What was replayed in a stage. */
export interface ReplayRecords {
  readonly count: (hash: string) => Promise<number>;
  readonly add: (letter: DeadLetter) => Promise<void>;
}

/**
 * Keeps in the product's table how often what was sent again: everybody who works on the stage sees the same number, it
 * is counted by one write, and the table forgets it by itself. The event cannot carry it: what does not know the field
 * would refuse it.
 * @param name of the function
 */
export async function replayRecords(connection: Connection, table: string, name: string): Promise<ReplayRecords> {
  const { DynamoDBClient, GetItemCommand, UpdateItemCommand } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient(clientConfig(connection));
  const Key = (hash: string): { pk: { S: string }; sk: { S: string } } => ({
    pk: { S: `REPLAY#${name}` },
    sk: { S: hash },
  });
  return {
    count: async (hash) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: Key(hash), ConsistentRead: true }),
      );
      return Number(Item?.['replays']?.N ?? 0);
    },
    add: async ({ hash, id }) => {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: Key(hash),
          UpdateExpression: 'ADD replays :one SET lastReplayedAt = :at, messageId = :id, expiresAt = :end',
          ExpressionAttributeValues: {
            ':one': { N: '1' },
            ':at': { S: new Date().toISOString() },
            ':id': { S: id },
            ':end': { N: String(Math.floor(Date.now() / 1000) + keptFor) },
          },
        }),
      );
    },
  };
}
