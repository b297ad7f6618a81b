import type { ApiRequest } from '@shared/http/api-request';
import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import { changeLines, type Command } from './order-commands.ts';
import { changeOrder, type HistoryDependencies } from './order-history.ts';
import { linesInput, orderParams } from './schema.ts';

/** A command on one order: 200 with the order as it is afterwards, 404 without it, 409 when its state does not allow it. */
export function actOnOrder(needed: HistoryDependencies, commandOf: (request: ApiRequest) => Command): RouteHandler {
  return async (request) => {
    const { id } = parse(orderParams, request.params);
    const order = await changeOrder(needed, id, commandOf(request), request.correlationId);
    return { status: 200, data: order };
  };
}

/** `PUT /orders/{id}/lines`: replaces the lines of an order that is not paid. */
export const updateLines = (needed: HistoryDependencies): RouteHandler =>
  actOnOrder(needed, (request) => changeLines(parse(linesInput, request.json()).lines));
