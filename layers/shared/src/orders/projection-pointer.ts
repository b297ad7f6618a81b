import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

/** Which generation of a projection is read, which one is being made beside it, and which are to be removed. */
export interface Generations {
  readonly live: string;
  readonly building?: string | undefined;
  readonly retired: readonly string[];
}

/** The generation of a projection that was never made anew. */
export const firstGeneration = 'first';

/** The key of the pointer of the projection `orders`. */
export const pointerKey = { pk: 'PROJECTION#orders', sk: 'POINTER' } as const;

const pointer = z.object({
  live: z.string().default(firstGeneration),
  building: z.string().optional(),
  // DynamoDB's sets of text come as a Set.
  retired: z.set(z.string()).default(new Set()),
});

/** Reads the pointer, strongly consistent: who reads after a swap sees it. */
export async function readGenerations(client: DynamoDBDocumentClient, table: string): Promise<Generations> {
  const { Item = {} } = await client.send(new GetCommand({ TableName: table, Key: pointerKey, ConsistentRead: true }));
  const { live, building, retired } = pointer.parse(Item);
  return { live, building, retired: [...retired].sort() };
}
