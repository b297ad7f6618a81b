import type { ValuesOf } from '@shared/config/settings';
import type { Money, OrderEvent } from '@shared/contracts/order-events';
import { sum, type Tallies } from '@shared/tallies/tallies';
import { windowOf, windowsPerHour } from '@shared/tallies/window';
import { binOf, binsOf, quantileBin, topOf } from './amount-bins.ts';
import type { settings } from './settings.ts';

/** An order of unusual value, and the amount above which one is, in minor units. */
export interface HighOrder {
  readonly orderId: string;
  readonly eventId: string;
  readonly correlationId: string;
  readonly total: Money;
  readonly limit: number;
}

/** By window and currency, `<window> <currency>`: the highest usual bin, or null where too little is known. */
export type Limits = Readonly<Record<string, number | null>>;

/** What is unusual; see settings.ts. */
export type Usual = ValuesOf<typeof settings>;

const nameOf = ({ occurredAt, order }: OrderEvent): string => `${windowOf(occurredAt)} ${order.total.currency}`;

async function limitsOf(
  window: string,
  currencies: ReadonlySet<Money['currency']>,
  tallies: Tallies,
  usual: Usual,
): Promise<Limits> {
  const hour = await tallies.read(windowOf(window, -windowsPerHour), window);
  const numbers = hour.map((tally) => tally.numbers).reduce(sum, {});
  const limits = [...currencies].map((currency) => {
    const bins = binsOf(numbers, currency);
    const orders = bins.reduce((all, [, count]) => all + count, 0);
    return [
      `${window} ${currency}`,
      orders < usual.highValueFewestOrders ? null : quantileBin(bins, usual.highValuePercentile / 100),
    ] as const;
  });
  return Object.fromEntries(limits);
}

/** Adds to what is known the limits that these orders are held against: those of the hour before the window of each. */
export async function withLimits(
  known: Limits,
  orders: readonly OrderEvent[],
  tallies: Tallies,
  usual: Usual,
): Promise<Limits> {
  const unknown = orders.filter((order) => known[nameOf(order)] === undefined);
  let limits = known;
  for (const [window, ofWindow] of Map.groupBy(unknown, ({ occurredAt }) => windowOf(occurredAt))) {
    const currencies = new Set(ofWindow.map(({ order }) => order.total.currency));
    limits = { ...limits, ...(await limitsOf(window, currencies, tallies, usual)) };
  }
  return limits;
}

/** The orders above that percentile of the hour before their window, in their currency. */
export function highOrders(orders: readonly OrderEvent[], limits: Limits): HighOrder[] {
  return orders.flatMap((event) => {
    const { eventId, correlationId, order } = event;
    const limit = limits[nameOf(event)] ?? null;
    if (limit === null || binOf(order.total.amount) <= limit) return [];
    return [{ orderId: order.id, eventId, correlationId, total: order.total, limit: topOf(limit) }];
  });
}
