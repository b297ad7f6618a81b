import { orderTotals } from '@shared/orders/order-numbers';
import { sum } from '@shared/tallies/tallies';
import type { ScheduledDependencies } from './dependencies.ts';
import type { OrderSummary } from './summaries.ts';

const day = 86_400_000;

/**
 * Adds up the windows of a day, yesterday unless it is named, stores the summary, and tells it to the info topic. Made
 * again, it replaces what is stored: for orders that reached the stream only after it was made.
 */
export async function summarizeOrders(
  { orders, summaries, info, now, onSummary }: ScheduledDependencies,
  date = new Date(now().getTime() - day).toISOString().slice(0, 10),
): Promise<OrderSummary> {
  const from = new Date(date);
  const to = new Date(from.getTime() + day);
  const windows = await orders.read(from.toISOString(), to.toISOString());
  const summary = { date, ...orderTotals(windows.map(({ numbers }) => numbers).reduce(sum, {})) };
  await summaries.save(summary);
  await info.raise({ code: 'ORDER_SUMMARY', summary: `Orders of ${date}: ${summary.orders}`, facts: { ...summary } });
  onSummary(summary);
  return summary;
}
