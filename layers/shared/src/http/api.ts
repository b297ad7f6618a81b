import { header } from '@shared/http/api-request';
import { guard } from '@shared/http/guard';
import { respond, respondFailure } from '@shared/http/respond';
import { findRoute, type Routes } from '@shared/http/route-table';
import { correlationHeader, correlationId } from '@shared/observability/correlation-id';
import { logCodes } from '@shared/observability/log-codes';
import { observeInvocation, type Telemetry } from '@shared/observability/observe-invocation';
import { reportFailure } from '@shared/observability/report-failure';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

/** A function behind a REST API; it never rejects, so that every answer has the envelope and the correlation id. */
export type ApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/**
 * Makes the handler of the routes: who may ask, correlation id, logs, metrics, trace, envelope, error mapping and 404 or
 * 405. Each route is given the dependencies once, here.
 */
export function createApi<Dependencies>(
  routes: Routes<Dependencies>,
  dependencies: Dependencies,
  telemetry: Telemetry,
): ApiHandler {
  const { logger, metrics } = telemetry;
  const guarded = Object.fromEntries(Object.entries(routes).map(([key, route]) => [key, guard(route, dependencies)]));

  async function answer(event: APIGatewayProxyEvent, correlation: string): Promise<APIGatewayProxyResult> {
    const started = performance.now();
    const route = `${event.httpMethod} ${event.resource}`;
    logger.appendKeys({ route });
    try {
      const answerRoute = findRoute(guarded, event.httpMethod, event.resource);
      const response = await answerRoute(event, correlation);
      metrics.count(response.status < 500 ? 'SuccessCount' : 'ErrorCount');
      const duration = Math.round(performance.now() - started);
      logger.info('Request handled', { log_code: logCodes.handled, status: response.status, duration_ms: duration });
      return respond(response, correlation);
    } catch (error) {
      return respondFailure(reportFailure(telemetry, error), correlation);
    }
  }

  return async (event, context) => {
    const correlation = correlationId(header(event, correlationHeader), event.requestContext.requestId);
    return observeInvocation(telemetry, context, correlation, () => answer(event, correlation));
  };
}
