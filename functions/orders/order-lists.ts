import type { OrderFilter, OrderPosition, OrderView } from '@shared/orders/order-view';

/** A page of a list, newest first; `next` is where the following page starts and is left out on the last one. */
export interface OrderPage {
  readonly items: readonly OrderView[];
  readonly next?: OrderPosition;
}

/** The lists of orders. They are made from the events a moment later, so a list may lag. */
export interface OrderLists {
  readonly list: (filter: OrderFilter, limit: number, after?: OrderPosition) => Promise<OrderPage>;
}
