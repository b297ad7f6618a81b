/** One value of a metric, as CloudWatch is told of it. */
export interface Datapoint {
  /** Such as `AWS/Lambda`, or the app's name for a metric of its own. */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
  /** As CloudWatch has it, such as `Count` and `Milliseconds`. */
  readonly unit: string;
}

/** A metric is its namespace, its name and exactly these dimensions: one more is another metric. */
export type Metric = Pick<Datapoint, 'namespace' | 'name' | 'dimensions'>;

/** Equal for equal metrics, in whatever order their dimensions stand. */
export function metricKey({ namespace, name, dimensions }: Metric): string {
  return JSON.stringify([namespace, name, ...Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
