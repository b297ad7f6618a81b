import type { MetricName } from '@shared/observability/metrics';

/** Each metric with the sum of what was counted. */
export type MetricSums = Partial<Record<MetricName, number>>;

/** Counts metrics into `sums`. */
export function summedMetrics(): { sums: MetricSums; count: (name: MetricName, value?: number) => void } {
  const sums: MetricSums = {};
  const count = (name: MetricName, value = 1): void => {
    sums[name] = (sums[name] ?? 0) + value;
  };
  return { sums, count };
}
