import type { OrderView } from '@shared/orders/order-view';

/** The read model of orders, in generations. Any operation may throw an UnavailableError. */
export interface OrderViews {
  /** Shows an order, unless a later version of it is shown in that generation. */
  readonly put: (generation: string, view: OrderView) => Promise<void>;
  /** Up to `limit` ids that a generation has. */
  readonly some: (generation: string, limit: number) => Promise<string[]>;
  readonly remove: (generation: string, id: string) => Promise<void>;
}
