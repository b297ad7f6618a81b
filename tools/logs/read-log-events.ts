import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import { tellApart } from './tell-apart.ts';

/** One line that a function, or Lambda for it, wrote. */
export interface LogEvent {
  /** Name of the function as Lambda has it, such as `aviary-users-staging`. */
  readonly functionName: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly stream: string;
  /** Without the line break at its end. */
  readonly message: string;
}

/** Which lines are wanted. */
export interface LogQuery {
  /** Milliseconds since 1970; from the first, and to the last, where left out. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** A filter pattern of CloudWatch Logs, such as `"REPORT RequestId"`. */
  readonly pattern?: string | undefined;
}

/** The log group that every function of template.yaml has. */
export const logGroupOf = (functionName: string): string => `/aws/lambda/${functionName}`;

export async function logsClient(connection: Connection): Promise<CloudWatchLogsClient> {
  const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
  return new CloudWatchLogsClient(clientConfig(connection));
}

/**
 * What functions have logged, in the order of time; nothing of one that has no log group yet.
 * @throws Failure as {@link asking}
 */
export async function readLogEvents(
  connection: Connection,
  functionNames: readonly string[],
  query: LogQuery = {},
): Promise<LogEvent[]> {
  const client = await logsClient(connection);
  try {
    const all = await asking(connection, Promise.all(functionNames.map((name) => readGroup(client, name, query))));
    return all.flat().sort((a, b) => a.at - b.at);
  } finally {
    client.destroy();
  }
}

/**
 * Page by page by token, and then on from the last time: the local cloud gives the first 10,000 lines and no token for
 * those that follow.
 */
async function readGroup(
  client: CloudWatchLogsClient,
  functionName: string,
  { from = 0, to, pattern }: LogQuery,
): Promise<LogEvent[]> {
  const { paginateFilterLogEvents, ResourceNotFoundException } = await import('@aws-sdk/client-cloudwatch-logs');
  const found = new Map<string, LogEvent>();
  let startTime = from;
  for (;;) {
    const before = found.size;
    const read: LogEvent[] = [];
    try {
      const input = {
        logGroupName: logGroupOf(functionName),
        startTime,
        ...(to === undefined ? {} : { endTime: to }),
        ...(pattern === undefined ? {} : { filterPattern: pattern }),
      };
      for await (const { events = [] } of paginateFilterLogEvents({ client }, input)) {
        for (const { timestamp = 0, logStreamName = '', message = '' } of events) {
          read.push({ functionName, at: timestamp, stream: logStreamName, message: message.trimEnd() });
          startTime = Math.max(startTime, timestamp);
        }
      }
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return [];
      throw error;
    }
    for (const [key, event] of tellApart(read)) found.set(key, event);
    if (found.size === before) return [...found.values()];
  }
}
