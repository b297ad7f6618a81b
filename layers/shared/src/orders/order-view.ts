import { money, orderStatus } from '@shared/contracts/order-events';
import type { StoredEvent } from '@shared/orders/stored-event';
import * as z from 'zod';

/** An order as the lists show it: as it was after the event `version`. The times are ISO 8601 in UTC. */
export const orderView = z.object({
  id: z.string(),
  userId: z.string(),
  status: orderStatus,
  total: money,
  lineCount: z.int(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type OrderView = z.infer<typeof orderView>;

/** The projection `orders`: what the lists show of an order after an event. It needs no other event of the order. */
export function viewOf({ order, occurredAt, placedAt }: StoredEvent): OrderView {
  return { ...order, createdAt: placedAt, updatedAt: occurredAt };
}

/** A place in a list of orders, which is ordered by the time of placing and then by id. */
export type OrderPosition = Pick<OrderView, 'createdAt' | 'id'>;

/** Which orders a list has. */
export type OrderFilter = { readonly userId: string } | { readonly status: OrderView['status'] };

/** First characters of an id; a generation is spread over as many partitions, each of which can be listed. */
export const viewShards: readonly string[] = Array.from('0123456789abcdef');

/** The partition of the views of a generation whose id starts with `shard`. */
export const viewPartition = (generation: string, shard: string): string => `VIEW#orders#${generation}#${shard}`;

/** The primary key of a view. */
export const viewKey = (generation: string, id: string): Record<'pk' | 'sk', string> => ({
  pk: viewPartition(generation, id.slice(0, 1)),
  sk: id,
});

/** The index that answers a filter, and its partition and sort attribute. */
export function listOf(
  generation: string,
  filter: OrderFilter,
): { readonly index: string; readonly partition: string } {
  return 'userId' in filter
    ? { index: 'gsi1', partition: `VIEW#orders#${generation}#USER#${filter.userId}` }
    : { index: 'gsi2', partition: `VIEW#orders#${generation}#STATUS#${filter.status}` };
}

/** The sort key of both indexes. */
export const listSortKey = ({ createdAt, id }: OrderPosition): string => `${createdAt}#${id}`;

/**
 * The item of a view. All orders of a status are one partition of gsi2: it takes 1000 writes a second; beyond that,
 * spread it over shards and merge them.
 */
export function viewItem(generation: string, view: OrderView): Record<string, unknown> {
  const sort = listSortKey(view);
  return {
    ...viewKey(generation, view.id),
    gsi1pk: listOf(generation, { userId: view.userId }).partition,
    gsi1sk: sort,
    gsi2pk: listOf(generation, { status: view.status }).partition,
    gsi2sk: sort,
    ...view,
  };
}
