import type { Routes } from '@shared/http/route-table';
import { cancelOrder, payOrder, shipOrder, updateLines } from './act-on-order.ts';
import { createOrder } from './create-order.ts';
import type { OrdersDependencies } from './dependencies.ts';
import { getOrder } from './get-order.ts';
import { listOrders } from './list-orders.ts';

/** The routes of the orders function, as the template writes them. */
export const ordersRoutes: Routes<OrdersDependencies> = {
  'GET /orders': { access: 'orders:read', handle: listOrders },
  'POST /orders': { access: 'orders:write', handle: createOrder },
  'GET /orders/{id}': { access: 'orders:read', handle: getOrder },
  'PUT /orders/{id}/lines': { access: 'orders:write', handle: updateLines },
  'POST /orders/{id}/pay': { access: 'orders:write', handle: payOrder },
  'POST /orders/{id}/ship': { access: 'orders:ship', handle: shipOrder },
  'POST /orders/{id}/cancel': { access: 'orders:write', handle: cancelOrder },
};
