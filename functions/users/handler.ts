import './environment.ts';
import { createApi } from '@shared/http/api';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies } from './dependencies.ts';
import { usersRoutes } from './routes.ts';

/** Users: `/users` and `/users/{id}` behind the REST API. */
export const handler = createApi(usersRoutes, dependencies, { logger, metrics, trace });
