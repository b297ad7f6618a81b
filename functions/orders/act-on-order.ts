import { actsFor } from '@shared/auth/caller';
import type { CallerRequest } from '@shared/http/api-request';
import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import { checkLines } from './check-lines.ts';
import type { OrdersDependencies } from './dependencies.ts';
import { cancel, changeLines, pay, ship, type Command } from './order-commands.ts';
import { noSuchOrder } from './order-errors.ts';
import { changeOrder, type HistoryDependencies } from './order-history.ts';
import type { Order } from './order.ts';
import { linesInput, orderParams } from './schema.ts';

/**
 * A command on one order: 200 with the order as it is afterwards, 404 without it or where it is not the caller's, 409 when
 * its state does not allow the command.
 */
function actOnOrder(
  needed: HistoryDependencies,
  commandOf: (request: CallerRequest) => Command | Promise<Command>,
  onDone: (order: Order) => void = () => undefined,
): RouteHandler<CallerRequest> {
  return async (request) => {
    const { id } = parse(orderParams, request.params);
    const decide = await commandOf(request);
    const command: Command = (before) => {
      if (!actsFor(request.caller, before.userId)) throw noSuchOrder();
      return decide(before);
    };
    const order = await changeOrder(needed, id, command, request.correlationId);
    onDone(order);
    return { status: 200, data: order };
  };
}

/** `PUT /orders/{id}/lines`: replaces the lines of an order that is not paid. */
export const updateLines = (
  needed: HistoryDependencies & Pick<OrdersDependencies, 'settings'>,
): RouteHandler<CallerRequest> =>
  actOnOrder(needed, async (request) => {
    const { lines } = parse(linesInput, request.json());
    await checkLines(needed.settings, lines);
    return changeLines(lines);
  });

/** `POST /orders/{id}/pay`: pays an order that is placed. */
export const payOrder = (needed: HistoryDependencies): RouteHandler<CallerRequest> => actOnOrder(needed, () => pay);

/** `POST /orders/{id}/cancel`: cancels an order that is not shipped. */
export const cancelOrder = (needed: HistoryDependencies): RouteHandler<CallerRequest> =>
  actOnOrder(needed, () => cancel);

/**
 * `POST /orders/{id}/ship`: ships an order that is paid, and counts how long that took from when it was placed. Here, where
 * an order is shipped once, and not in what hears of it, where an event may come twice.
 */
export const shipOrder = (
  needed: HistoryDependencies & Pick<OrdersDependencies, 'count'>,
): RouteHandler<CallerRequest> =>
  actOnOrder(
    needed,
    () => ship,
    ({ createdAt, updatedAt }) => {
      // Two machines' clocks: never less than nothing.
      needed.count('OrderProcessingTime', Math.max(0, Date.parse(updatedAt) - Date.parse(createdAt)));
    },
  );
