/**
 * A statistic of the values of one period: `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, or a percentile such as
 * `p99`, of which CloudWatch gives an estimate and this the value that so many are not above.
 * @returns undefined where there are no values
 */
export function statisticOf(statistic: string, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sum = values.reduce((all, value) => all + value, 0);
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'Average':
      return sum / values.length;
    case 'Minimum':
      return Math.min(...values);
    case 'Maximum':
      return Math.max(...values);
    case 'SampleCount':
      return values.length;
    default:
      return percentile(Number(statistic.slice(1)), values);
  }
}

function percentile(percent: number, values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}
