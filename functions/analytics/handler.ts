import './environment.ts';
import { createApi } from '@shared/http/api';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies } from './dependencies.ts';
import { listOrderWindows } from './list-order-windows.ts';

/** Analytics: `GET /analytics/orders` behind the REST API. */
export const handler = createApi(
  { 'GET /analytics/orders': listOrderWindows(dependencies) },
  { logger, metrics, trace },
);
