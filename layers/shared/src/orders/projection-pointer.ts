import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

/** Which generation of a projection is read, and which one is being made beside it. */
export interface Generations {
  readonly live: string;
  readonly building?: string;
}

/** The generation of a projection that was never made anew. */
export const firstGeneration = 'first';

/** The key of the pointer of the projection `orders`. */
export const pointerKey = { pk: 'PROJECTION#orders', sk: 'POINTER' } as const;

const pointer = z.object({ live: z.string().default(firstGeneration), building: z.string().optional() });

/** Reads the pointer, strongly consistent: who reads after a swap sees it. */
export async function readGenerations(client: DynamoDBDocumentClient, table: string): Promise<Generations> {
  const { Item = {} } = await client.send(new GetCommand({ TableName: table, Key: pointerKey, ConsistentRead: true }));
  const { live, building } = pointer.parse(Item);
  return building === undefined ? { live } : { live, building };
}
