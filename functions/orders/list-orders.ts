import { requireScope } from '@shared/auth/caller';
import type { CallerRequest } from '@shared/http/api-request';
import type { RouteHandler } from '@shared/http/route-table';
import type { OrderFilter } from '@shared/orders/order-view';
import { parse } from '@shared/validation/parse';
import * as z from 'zod';
import type { OrdersDependencies } from './dependencies.ts';
import { listQuery } from './schema.ts';

const position = z.object({ createdAt: z.string(), id: z.string() });

const nameOf = (filter: OrderFilter): string =>
  'userId' in filter ? `orders/user/${filter.userId}` : `orders/status/${filter.status}`;

/**
 * `GET /orders`: a page of the caller's orders, newest first, with `nextCursor` while there are more; with `admin` also of
 * another user's, or of all in a status, and 403 without it.
 */
export function listOrders({
  lists,
  tokens,
}: Pick<OrdersDependencies, 'lists' | 'tokens'>): RouteHandler<CallerRequest> {
  return async (request) => {
    const { userId, status, limit, cursor } = parse(listQuery, request.query);
    const { caller } = request;
    const owner = userId ?? caller.userId;
    if (status !== undefined || owner !== caller.userId) requireScope(caller, 'admin');
    const filter: OrderFilter = status === undefined ? { userId: owner } : { status };
    const after = cursor === undefined ? undefined : (await tokens(cursor)).decode(nameOf(filter), cursor, position);
    const { items, next } = await lists.list(filter, limit, after);
    if (next === undefined) return { status: 200, data: { items } };
    return { status: 200, data: { items, nextCursor: (await tokens()).encode(nameOf(filter), next) } };
  };
}
