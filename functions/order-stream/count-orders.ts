import type { OrderEvent } from '@shared/contracts/order-events';
import { orderNumbers, orderTotals } from '@shared/orders/order-numbers';
import { sum, type Contribution } from '@shared/tallies/tallies';
import { windowOf } from '@shared/tallies/window';
import type { KinesisStreamEvent, KinesisStreamStateResponse } from 'aws-lambda';
import { binNumbers } from './amount-bins.ts';
import type { OrderStreamDependencies } from './dependencies.ts';
import { highOrders, withLimits, type HighOrder, type Limits } from './high-orders.ts';
import { placeOf } from './window-state.ts';

/** How many orders an alert names; it always says how many there are. */
const named = 10;

const contribution = ({ eventId, occurredAt, order }: OrderEvent): Contribution => ({
  onceId: eventId,
  // By the time of the order and not of its delivery: a late or repeated delivery changes nothing of what is stored.
  window: windowOf(occurredAt),
  numbers: { ...orderNumbers(order.total), ...binNumbers(order.total) },
});

const byId = <Item extends { readonly eventId: string }>(items: readonly Item[]): Item[] => [
  ...new Map(items.map((item) => [item.eventId, item])).values(),
];

/**
 * Counts the orders of a batch and tells of those of unusual value. All that is counted is in the table when the batch
 * is acknowledged, so a window that fails at its end loses nothing; what Lambda carries through the window is small.
 */
export function countOrders(needs: OrderStreamDependencies) {
  const { tallies, alerts, count } = needs;

  // Before they are counted: to fail between the two tells twice, and the other way round would tell never.
  async function tellOfHighOrders(orders: readonly OrderEvent[], limits: Limits): Promise<void> {
    const candidates = highOrders(orders, limits);
    const before = await tallies.counted(candidates.map(({ eventId }) => eventId));
    const high: HighOrder[] = candidates.filter(({ eventId }) => !before.has(eventId));
    if (high.length === 0) return;
    await alerts.raise({
      code: 'HIGH_VALUE_ORDERS',
      summary: `${high.length} ${high.length === 1 ? 'order' : 'orders'} of unusual value`,
      facts: { orders: high.slice(0, named), count: high.length },
    });
    count('HighValueOrders', high.length);
    needs.onHighOrders(high.slice(0, named));
  }

  async function watch(orders: readonly OrderEvent[], known: Limits): Promise<Limits> {
    const [usual, isWatching] = await Promise.all([needs.settings(), needs.isOn('enable_real_time_analytics')]);
    if (!isWatching) return known;
    const limits = await withLimits(known, orders, tallies, usual);
    await tellOfHighOrders(orders, limits);
    return limits;
  }

  return async (events: readonly OrderEvent[], batch: KinesisStreamEvent): Promise<KinesisStreamStateResponse> => {
    const { shard, start, closes, state } = placeOf(batch);
    const orders = byId(events.filter(({ type }) => type === 'OrderPlaced'));
    const limits = orders.length === 0 ? state.limits : await watch(orders, state.limits);

    const contributions = orders.map(contribution);
    const fresh = await tallies.add(shard, contributions);
    const counted = contributions.filter(({ onceId }) => fresh.has(onceId));
    const late = start === undefined ? [] : counted.filter(({ window }) => window < start);
    if (counted.length > 0) count('OrdersCounted', counted.length);
    if (late.length > 0) count('LateOrders', late.length);

    const numbers = orders
      .filter(({ eventId }) => fresh.has(eventId))
      .map(({ order }) => orderNumbers(order.total))
      .reduce(sum, state.numbers);
    if (closes && start !== undefined) needs.onClosedWindow({ start, shard, totals: orderTotals(numbers) });
    return { state: { limits, numbers }, batchItemFailures: [] };
  };
}
