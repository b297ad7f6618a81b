import type { CloudWatchClient, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import type { StageResource } from './stage-resources.ts';
import { meteredBy, type Metered, type Usage } from './usage.ts';

/** A month of UTC: the first millisecond of it, and of the next one. */
export interface Month {
  readonly from: number;
  readonly to: number;
}

/** GetMetricData takes so many queries at once. (Amazon CloudWatch API Reference, GetMetricData.) */
const mostQueries = 500;

/**
 * What a stage has used in a month, as CloudWatch has counted it. What it has no figure of counts as nothing.
 * @throws Failure as {@link asking}
 */
export async function readUsage(
  connection: Connection,
  resources: readonly StageResource[],
  month: Month,
): Promise<Usage> {
  const { CloudWatchClient } = await import('@aws-sdk/client-cloudwatch');
  const client = new CloudWatchClient(clientConfig(connection));
  const known = meteredBy(resources).filter(({ name }) => name !== undefined);
  try {
    const sums = new Map<string, number>();
    for (let at = 0; at < known.length; at += mostQueries) {
      const part = known.slice(at, at + mostQueries);
      for (const [key, sum] of await asking(connection, readSums(client, part, month, connection.stage.region)))
        sums.set(key, sum);
    }
    return { basis: 'measured', of: (metered) => sums.get(keyOf(metered)) ?? 0 };
  } finally {
    client.destroy();
  }
}

const keyOf = ({ resource, meter }: Metered): string => `${resource.where} ${meter.metric}`;

async function readSums(
  client: CloudWatchClient,
  metered: readonly Metered[],
  { from, to }: Month,
  region: string,
): Promise<Map<string, number>> {
  const { paginateGetMetricData } = await import('@aws-sdk/client-cloudwatch');
  const sums = new Map<string, number>();
  const input = {
    MetricDataQueries: metered.map((one, at) => queryOf(one, `q${at}`, region)),
    StartTime: new Date(from),
    EndTime: new Date(to),
  };
  for await (const { MetricDataResults: results = [] } of paginateGetMetricData({ client }, input))
    for (const { Id: id = '', Values: values = [] } of results) {
      const one = metered[Number(id.slice(1))];
      if (one === undefined) continue;
      const key = keyOf(one);
      sums.set(
        key,
        values.reduce((sum, value) => sum + value, sums.get(key) ?? 0),
      );
    }
  return sums;
}

function queryOf({ meter, name }: Metered, id: string, region: string): MetricDataQuery {
  const dimensions = { [meter.dimension]: name, ...meter.others?.(region) };
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: meter.namespace,
        MetricName: meter.metric,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      // Days: longer ones are not kept apart, shorter ones are gone after two months.
      Period: 86_400,
      Stat: 'Sum',
    },
  };
}
