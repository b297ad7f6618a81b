import { actsFor } from '@shared/auth/caller';
import type { CallerRequest } from '@shared/http/api-request';
import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import type { HistoryDependencies } from './order-history.ts';
import { loadOrder } from './order-history.ts';
import { noSuchOrder } from './order-errors.ts';
import { orderParams } from './schema.ts';

/**
 * `GET /orders/{id}`: the order, from its events and so never behind what its caller has written; or 404;
 * so too for one that is not the caller's.
 */
export function getOrder(needed: Pick<HistoryDependencies, 'events' | 'snapshots'>): RouteHandler<CallerRequest> {
  return async (request) => {
    const order = await loadOrder(needed, parse(orderParams, request.params).id);
    if (order === undefined || !actsFor(request.caller, order.userId)) throw noSuchOrder();
    return { status: 200, data: order };
  };
}
