import './environment.ts';
import { createApi } from '@shared/http/api';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies } from './dependencies.ts';
import { healthRoutes } from './routes.ts';

/** Health: `GET /health` behind the REST API; the smoke test of a deployment. */
export const handler = createApi(healthRoutes, dependencies, { logger, metrics, trace });
