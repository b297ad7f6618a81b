import type { RouteHandler } from '@shared/http/route-table';
import { orderTotals } from '@shared/orders/order-numbers';
import { windowOf } from '@shared/tallies/window';
import { parse } from '@shared/validation/parse';
import type { AnalyticsDependencies } from './dependencies.ts';
import { pageLength, windowsQuery } from './schema.ts';

/**
 * `GET /analytics/orders?from&to`: the windows of five minutes in which orders were placed, oldest first, with the number
 * of orders, and revenue and average per currency in minor units. A page covers 24 hours; while there is more to come,
 * `nextFrom` is the `from` of the next page.
 */
export function listOrderWindows({ orders }: AnalyticsDependencies): RouteHandler {
  return async (request) => {
    const { from, to } = parse(windowsQuery, request.query);
    const pageEnd = new Date(Date.parse(from) + pageLength).toISOString();
    const end = pageEnd < to ? pageEnd : to;
    const tallies = await orders.read(from, end);
    const items = tallies.map(({ window, numbers }) => ({
      from: window,
      to: windowOf(window, 1),
      ...orderTotals(numbers),
    }));
    return { status: 200, data: end < to ? { items, nextFrom: end } : { items } };
  };
}
