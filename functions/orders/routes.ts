import type { Routes } from '@shared/http/route-table';
import { actOnOrder, shipOrder, updateLines } from './act-on-order.ts';
import { createOrder } from './create-order.ts';
import type { OrdersDependencies } from './dependencies.ts';
import { getOrder } from './get-order.ts';
import { listOrders } from './list-orders.ts';
import { cancel, pay } from './order-commands.ts';

/** The routes of the orders function, as the template writes them. */
export const ordersRoutes = (dependencies: OrdersDependencies): Routes => ({
  'GET /orders': listOrders(dependencies),
  'POST /orders': createOrder(dependencies),
  'GET /orders/{id}': getOrder(dependencies),
  'PUT /orders/{id}/lines': updateLines(dependencies),
  'POST /orders/{id}/pay': actOnOrder(dependencies, () => pay),
  'POST /orders/{id}/ship': shipOrder(dependencies),
  'POST /orders/{id}/cancel': actOnOrder(dependencies, () => cancel),
});
