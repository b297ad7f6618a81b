import './environment.ts';
import { createQueueHandler } from '@shared/batch/queue-handler';
import { orderEvent, orderEventSchemaVersion } from '@shared/contracts/order-events';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies, park } from './dependencies.ts';
import { receiveEvent } from './receive-event.ts';

/** Notifications: one mail for each order event that comes through the queue. */
export const handler = createQueueHandler(
  { logger, metrics, trace },
  park,
  { schema: orderEvent, version: orderEventSchemaVersion },
  receiveEvent(dependencies),
);
