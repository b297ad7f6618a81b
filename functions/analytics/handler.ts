import './environment.ts';
import { createApi } from '@shared/http/api';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies } from './dependencies.ts';
import { analyticsRoutes } from './routes.ts';

/** Analytics: `GET /analytics/orders` behind the REST API. */
export const handler = createApi(analyticsRoutes, dependencies, { logger, metrics, trace });
