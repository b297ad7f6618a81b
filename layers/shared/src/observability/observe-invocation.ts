import { logCodes } from '@shared/observability/log-codes';
import type { Log } from '@shared/observability/logger';
import type { Counter } from '@shared/observability/metrics';
import type { Trace } from '@shared/observability/tracer';
import type { Context } from 'aws-lambda';

/** Where an invocation reports itself; `trace` is left out by functions that call nothing. */
export interface Telemetry {
  readonly logger: Log;
  readonly metrics: Counter;
  readonly trace?: Trace;
}

const megabytes = (bytes: number): number => Math.round(bytes / 1_048_576);

function logMemoryUse(logger: Log, context: Context): void {
  const { rss, heapUsed } = process.memoryUsage();
  logger.debug('Memory use', {
    log_code: logCodes.memoryUse,
    memory: { rss_mb: megabytes(rss), heap_used_mb: megabytes(heapUsed), limit_mb: Number(context.memoryLimitInMB) },
  });
}

/**
 * Runs one invocation: every line logged in it carries the request id and the correlation id, and at its end, also
 * after a failure, memory use is logged, the metrics are written and the keys of the log are reset.
 */
export async function observeInvocation<T>(
  { logger, metrics, trace }: Telemetry,
  context: Context,
  correlationId: string,
  work: () => Promise<T>,
): Promise<T> {
  logger.beginInvocation();
  logger.addContext(context);
  logger.resetKeys();
  logger.appendKeys({ correlation_id: correlationId });
  try {
    if (trace === undefined) return await work();
    return await trace(`## ${context.functionName}`, { correlation_id: correlationId }, work);
  } finally {
    logMemoryUse(logger, context);
    metrics.publish();
    await logger.endInvocation();
    logger.resetKeys();
  }
}
