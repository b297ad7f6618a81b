import type { RouteHandler } from '@shared/http/route-table';
import type { OrderFilter } from '@shared/orders/order-view';
import { parse } from '@shared/validation/parse';
import * as z from 'zod';
import type { OrdersDependencies } from './dependencies.ts';
import { listQuery } from './schema.ts';

const position = z.object({ createdAt: z.string(), id: z.string() });

const nameOf = (filter: OrderFilter): string =>
  'userId' in filter ? `orders/user/${filter.userId}` : `orders/status/${filter.status}`;

/** `GET /orders`: a page of a user's orders or of those in a status, newest first, with `nextCursor` while there are more. */
export function listOrders({ lists, tokens }: Pick<OrdersDependencies, 'lists' | 'tokens'>): RouteHandler {
  return async (request) => {
    const { userId, status, limit, cursor } = parse(listQuery, request.query);
    const filter: OrderFilter | undefined =
      userId !== undefined ? { userId } : status !== undefined ? { status } : undefined;
    // The schema has refused this already; the types do not know.
    if (filter === undefined) throw new TypeError('Neither userId nor status');
    const after = cursor === undefined ? undefined : (await tokens(cursor)).decode(nameOf(filter), cursor, position);
    const { items, next } = await lists.list(filter, limit, after);
    if (next === undefined) return { status: 200, data: { items } };
    return { status: 200, data: { items, nextCursor: (await tokens()).encode(nameOf(filter), next) } };
  };
}
