import './environment.ts';
import { createApi } from '@shared/http/api';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies } from './dependencies.ts';
import { ordersRoutes } from './routes.ts';

/** Orders: `/orders` and below behind the REST API. */
export const handler = createApi(ordersRoutes, dependencies, { logger, metrics, trace });
