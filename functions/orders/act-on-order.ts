import type { ApiRequest } from '@shared/http/api-request';
import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import { checkLines } from './check-lines.ts';
import type { OrdersDependencies } from './dependencies.ts';
import { changeLines, ship, type Command } from './order-commands.ts';
import { changeOrder, type HistoryDependencies } from './order-history.ts';
import type { Order } from './order.ts';
import { linesInput, orderParams } from './schema.ts';

/** A command on one order: 200 with the order as it is afterwards, 404 without it, 409 when its state does not allow it. */
export function actOnOrder(
  needed: HistoryDependencies,
  commandOf: (request: ApiRequest) => Command | Promise<Command>,
  onDone: (order: Order) => void = () => undefined,
): RouteHandler {
  return async (request) => {
    const { id } = parse(orderParams, request.params);
    const order = await changeOrder(needed, id, await commandOf(request), request.correlationId);
    onDone(order);
    return { status: 200, data: order };
  };
}

/** `PUT /orders/{id}/lines`: replaces the lines of an order that is not paid. */
export const updateLines = (needed: HistoryDependencies & Pick<OrdersDependencies, 'settings'>): RouteHandler =>
  actOnOrder(needed, async (request) => {
    const { lines } = parse(linesInput, request.json());
    await checkLines(needed.settings, lines);
    return changeLines(lines);
  });

/**
 * `POST /orders/{id}/ship`: ships an order that is paid, and counts how long that took from when it was placed. Here, where
 * an order is shipped once, and not in what hears of it, where an event may come twice.
 */
export const shipOrder = (needed: HistoryDependencies & Pick<OrdersDependencies, 'count'>): RouteHandler =>
  actOnOrder(
    needed,
    () => ship,
    ({ createdAt, updatedAt }) => {
      // Two machines' clocks: never less than nothing.
      needed.count('OrderProcessingTime', Math.max(0, Date.parse(updatedAt) - Date.parse(createdAt)));
    },
  );
