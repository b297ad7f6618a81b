import { money, type Money } from '@shared/contracts/order-events';
import type { Numbers } from '@shared/tallies/tallies';

/** The series of windows that count orders. */
export const orderSeries = 'orders';

/** What the orders of one currency come to, in minor units; the average is rounded to a whole one. */
export interface CurrencyTotals {
  readonly currency: Money['currency'];
  readonly orders: number;
  readonly revenue: number;
  readonly average: number;
}

/** What the orders of a window, or of several, come to. */
export interface OrderTotals {
  readonly orders: number;
  readonly currencies: readonly CurrencyTotals[];
}

/** What one order adds to the numbers of its window. */
export const orderNumbers = ({ amount, currency }: Money): Numbers => ({
  [`orders:${currency}`]: 1,
  [`revenue:${currency}`]: amount,
});

/** Reads the numbers of windows back, by currency in the order of its code; a currency without an order is left out. */
export function orderTotals(numbers: Numbers): OrderTotals {
  const currencies = [...money.shape.currency.options].sort().flatMap((currency) => {
    const orders = numbers[`orders:${currency}`] ?? 0;
    const revenue = numbers[`revenue:${currency}`] ?? 0;
    return orders === 0 ? [] : [{ currency, orders, revenue, average: Math.round(revenue / orders) }];
  });
  return { orders: currencies.reduce((total, { orders }) => total + orders, 0), currencies };
}
