import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { broken } from '../bench.ts';

const table = 'aviary-events-local';
/** What DynamoDB takes at once, and how many such writes are under way. */
const [together, atOnce] = [25, 8];

/** An order that was placed, changed, paid and shipped, as the store keeps its events. */
function anOrder(number: number): Record<string, unknown>[] {
  const [id, userId] = [randomUUID(), randomUUID()];
  const start = Date.UTC(2025, 0, 1) + number * 60_000;
  const unitPrice = { amount: 1_299, currency: 'EUR' };
  const lines = [{ sku: 'PERCH-01', quantity: 2, unitPrice }];
  return [
    { type: 'OrderPlaced', status: 'placed', lines },
    { type: 'OrderLinesChanged', status: 'placed', lines },
    { type: 'OrderPaid', status: 'paid' },
    { type: 'OrderShipped', status: 'shipped' },
  ].map(({ status, ...event }, at) => ({
    pk: `ORDER#${id}`,
    sk: `EVENT#${String(at + 1).padStart(10, '0')}`,
    schemaVersion: 1,
    eventId: randomUUID(),
    occurredAt: new Date(start + at * 1_000).toISOString(),
    placedAt: new Date(start).toISOString(),
    correlationId: `bench-${number}`,
    order: { id, userId, version: at + 1, status, total: { amount: 2_598, currency: 'EUR' }, lineCount: 1 },
    ...event,
  }));
}

/** Puts so many events, a multiple of four, straight into the store. */
export async function seedEvents(client: DynamoDBDocumentClient, count: number): Promise<void> {
  let order = 0;
  const write = async (): Promise<void> => {
    while (order < count / 4) {
      const until = Math.min(order + Math.floor(together / 4), count / 4);
      const items: Record<string, unknown>[] = [];
      for (; order < until; order += 1) items.push(...anOrder(order));
      const RequestItems = { [table]: items.map((Item) => ({ PutRequest: { Item } })) };
      const { UnprocessedItems = {} } = await client.send(new BatchWriteCommand({ RequestItems }));
      if (Object.keys(UnprocessedItems).length > 0) throw broken('The local cloud did not take all events.');
    }
  };
  await Promise.all(Array.from({ length: atOnce }, write));
}
