import type { CleanUpReport } from '../../../functions/scheduled/clean-up.ts';
import type { ScheduledDependencies } from '../../../functions/scheduled/dependencies.ts';
import { runJob } from '../../../functions/scheduled/run-job.ts';
import type { OrderSummary } from '../../../functions/scheduled/summaries.ts';
import type { Tallies } from '@shared/tallies/tallies';
import { memoryAlerts, type MemoryAlerts } from './memory-alerts.ts';
import { memoryExpiredItems, type MemoryItems } from './memory-expired-items.ts';
import { memoryTallies } from './memory-tallies.ts';
import { summedMetrics, type MetricSums } from './summed-metrics.ts';

/** The jobs with everything in memory, and with what they did. */
export interface JobsUnderTest {
  readonly run: (event: unknown) => Promise<OrderSummary | CleanUpReport>;
  readonly orders: Tallies;
  readonly items: MemoryItems;
  readonly info: MemoryAlerts;
  readonly saved: Map<string, OrderSummary>;
  readonly metrics: MetricSums;
}

/** Makes the jobs, on the second of June 2025, with all the time that they want; `parts` take the place of what they need. */
export function someJobs(parts: Partial<ScheduledDependencies> = {}): JobsUnderTest {
  const orders = memoryTallies(() => 0);
  const items = memoryExpiredItems();
  const info = memoryAlerts();
  const saved = new Map<string, OrderSummary>();
  const { sums, count } = summedMetrics();
  const needs: ScheduledDependencies = {
    orders,
    summaries: { save: (summary) => Promise.resolve(void saved.set(summary.date, summary)) },
    info,
    expiredItems: items,
    now: () => new Date('2025-06-02T00:15:00Z'),
    timeLeft: () => 30_000,
    count,
    onSummary: () => undefined,
    onCleanUp: () => undefined,
    ...parts,
  };
  return { run: async (event) => runJob(event, needs), orders, items, info, saved, metrics: sums };
}
