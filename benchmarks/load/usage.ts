import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isList, isObject, parseJson } from '../../tools/lib/json.ts';
import { localClient } from '../../tools/local/environment.ts';
import { parseReport } from '../../tools/logs/report-lines.ts';
import type { LambdaUse } from '../../tools/cost/prices.ts';

async function usageIn(client: CloudWatchLogsClient, name: string): Promise<LambdaUse> {
  const found = new Map<string, { readonly ms: number; readonly memoryMb: number }>();
  let startTime = 0;
  for (;;) {
    const { events = [] } = await client.send(
      new FilterLogEventsCommand({
        logGroupName: `/aws/lambda/${name}`,
        filterPattern: '"REPORT RequestId"',
        startTime,
      }),
    );
    const before = found.size;
    for (const { message = '' } of events) {
      const report = parseReport(name, message);
      if (report) found.set(report.requestId, { ms: Math.ceil(report.billedMs), memoryMb: report.memoryMb });
    }
    // The local cloud gives up to 10,000 lines and no token for more of them.
    if (found.size === before) break;
    startTime = events.at(-1)?.timestamp ?? startTime;
  }
  const all = [...found.values()];
  return {
    invocations: all.length,
    ms: all.reduce((sum, { ms }) => sum + ms, 0),
    memoryMb: all[0]?.memoryMb ?? 0,
  };
}

/** What each function did so far. */
export async function usageOf(endpoint: string, names: readonly string[]): Promise<Map<string, LambdaUse>> {
  const client = new CloudWatchLogsClient(localClient(endpoint));
  try {
    return new Map(await Promise.all(names.map(async (name) => [name, await usageIn(client, name)] as const)));
  } finally {
    client.destroy();
  }
}

const quietMs = 4_000;

/** What each function has done when none has been invoked for some seconds: streams and queues are worked off then. */
export async function usageAtRest(
  endpoint: string,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, LambdaUse>> {
  let before = -1;
  for (;;) {
    signal?.throwIfAborted();
    const usage = await usageOf(endpoint, names);
    const invocations = [...usage.values()].reduce((all, one) => all + one.invocations, 0);
    if (invocations === before) return usage;
    before = invocations;
    await sleep(quietMs);
  }
}

/** The names of the functions in a local cloud. */
export async function functionsIn(endpoint: string): Promise<string[]> {
  const response = await fetch(`${endpoint}/2015-03-31/functions?MaxItems=1000`);
  const listed = parseJson(await response.text());
  const functions = isObject(listed) ? listed['Functions'] : undefined;
  if (!isList(functions)) throw new Error('Lambda lists no functions');
  return functions.flatMap((it) =>
    isObject(it) && typeof it['FunctionName'] === 'string' ? [it['FunctionName']] : [],
  );
}

/** The most resident memory, in MB, that a function had at the end of an invocation since a time, as it logs it itself. */
export async function peakMemoryOf(endpoint: string, name: string, since: Date): Promise<number> {
  const client = new CloudWatchLogsClient(localClient(endpoint));
  const { events = [] } = await client.send(
    new FilterLogEventsCommand({
      logGroupName: `/aws/lambda/${name}`,
      filterPattern: '"MEMORY_USE"',
      startTime: since.getTime(),
    }),
  );
  client.destroy();
  const used = events.map(({ message = '' }) => Number(/"rss_mb":(\d+)/.exec(message)?.[1] ?? Number.NaN));
  return Math.max(...used);
}
