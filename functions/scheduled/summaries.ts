import type { OrderTotals } from '@shared/orders/order-numbers';

/** What the orders of one day, UTC, came to. */
export interface OrderSummary extends OrderTotals {
  /** `2025-06-01` */
  readonly date: string;
}

/** Where summaries are kept. Any operation may throw an UnavailableError. */
export interface Summaries {
  /** Takes the place of an earlier summary of that day. */
  readonly save: (summary: OrderSummary) => Promise<void>;
}
