import { correlationOf } from '@shared/observability/correlation-id';
import { logCodes } from '@shared/observability/log-codes';
import { observeInvocation, type Telemetry } from '@shared/observability/observe-invocation';
import { reportFailure } from '@shared/observability/report-failure';
import type { Context } from 'aws-lambda';

/** A function that is invoked directly; its event is anything until a schema took it. */
export type DirectHandler<Result> = (event: unknown, context: Context) => Promise<Result>;

/**
 * Makes the handler of a direct invocation. A failure is logged, counted and thrown on: a synchronous caller gets its
 * name and message, and an asynchronous invocation is retried by Lambda and then goes to the dead-letter queue.
 */
export function createDirectHandler<Result>(
  telemetry: Telemetry,
  handle: (event: unknown, context: Context) => Result | Promise<Result>,
): DirectHandler<Result> {
  const { logger, metrics } = telemetry;

  async function run(event: unknown, context: Context): Promise<Result> {
    const started = performance.now();
    try {
      const result = await handle(event, context);
      metrics.count('SuccessCount');
      const duration = Math.round(performance.now() - started);
      logger.info('Event handled', { log_code: logCodes.handled, duration_ms: duration });
      return result;
    } catch (error) {
      reportFailure(telemetry, error);
      throw error;
    }
  }

  return async (event, context) => {
    const correlation = correlationOf(event, context.awsRequestId);
    return observeInvocation(telemetry, context, correlation, () => run(event, context));
  };
}
