import './environment.ts';
import { createStreamHandler } from '@shared/batch/stream-handler';
import { orderEvent, orderEventSchemaVersion } from '@shared/contracts/order-events';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { countOrders } from './count-orders.ts';
import { dependencies, park } from './dependencies.ts';

/** The stream of order events, in tumbling windows where Lambda makes them. */
export const handler = createStreamHandler(
  { logger, metrics, trace },
  park,
  { schema: orderEvent, version: orderEventSchemaVersion },
  countOrders(dependencies),
);
