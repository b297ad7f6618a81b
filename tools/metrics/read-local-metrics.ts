import { readLogEvents, type LogEvent } from '../logs/read-log-events.ts';
import type { Connection } from '../stack/connection.ts';
import { asking, lambdaClient } from '../stack/connection.ts';
import type { Datapoint } from './datapoint.ts';
import { emfDatapoints } from './emf.ts';
import { findInvocations, lambdaDatapoints } from './invocation.ts';
import { readQueueDepths } from './read-queue-depths.ts';
import { readThrottles } from './read-throttles.ts';

/** From and to in milliseconds since 1970; the end is not in it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The datapoints that CloudWatch would have of what happened in the local cloud, in the order of time: metrics of the
 * product (embedded in its log), of Lambda (made from its lines START and REPORT) and how deep queues are now, which is told of
 * the end of the span. The local cloud has no others.
 * @throws Failure as {@link asking}
 */
export async function readLocalMetrics(connection: Connection, span: Span): Promise<Datapoint[]> {
  const names = await functionNames(connection);
  const [events, throttles, depths] = await Promise.all([
    // An invocation is told when it began and logged when it ended.
    readLogEvents(connection, names, { from: span.from }),
    readThrottles(connection, names, span),
    readQueueDepths(connection, span.to - 1),
  ]);
  const ofLog = logDatapoints(events).filter(({ at }) => at >= span.from && at < span.to);
  return [...ofLog, ...throttles, ...depths].sort((a, b) => a.at - b.at);
}

/** What the log lines of functions say: metrics of the product, and of Lambda. */
export const logDatapoints = (events: readonly LogEvent[]): Datapoint[] => [
  ...findInvocations(events).flatMap(lambdaDatapoints),
  ...events.flatMap(({ message }) => emfDatapoints(message)),
];

async function functionNames(connection: Connection): Promise<string[]> {
  const { paginateListFunctions } = await import('@aws-sdk/client-lambda');
  const client = await lambdaClient(connection);
  const all = async (): Promise<string[]> => {
    const names: string[] = [];
    for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
      names.push(...Functions.map(({ FunctionName = '' }) => FunctionName));
    }
    return names;
  };
  try {
    return await asking(connection, all());
  } finally {
    client.destroy();
  }
}
