import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import type { Datapoint } from './datapoint.ts';

/**
 * Throttles that the local cloud has counted, in whole minutes; it counts one of a direct invocation twice. It knows the
 * function alone, and the alias is `live`, by which all callers go.
 */
export async function readThrottles(
  connection: Connection,
  functionNames: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Datapoint[]> {
  const { CloudWatchClient, GetMetricStatisticsCommand } = await import('@aws-sdk/client-cloudwatch');
  const client = new CloudWatchClient(clientConfig(connection));
  const read = async (FunctionName: string): Promise<Datapoint[]> => {
    const { Datapoints = [] } = await client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/Lambda',
        MetricName: 'Throttles',
        Dimensions: [{ Name: 'FunctionName', Value: FunctionName }],
        StartTime: new Date(from),
        EndTime: new Date(to),
        Period: 60,
        Statistics: ['Sum'],
      }),
    );
    return Datapoints.flatMap(({ Timestamp, Sum: value = 0 }) => {
      const metric = { namespace: 'AWS/Lambda', name: 'Throttles', value, unit: 'Count' };
      // A minute that began before the window is told with the minute's first moment.
      const at = Math.max(Timestamp?.getTime() ?? from, from);
      const all = [{ FunctionName }, { FunctionName, Resource: `${FunctionName}:live` }];
      return value === 0 ? [] : all.map((dimensions) => ({ ...metric, dimensions, at }));
    });
  };
  try {
    return (await asking(connection, Promise.all(functionNames.map(read)))).flat();
  } finally {
    client.destroy();
  }
}
