import './environment.ts';
import { createApi } from '@shared/http/api';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies } from './dependencies.ts';
import { githubWebhookRoutes } from './routes.ts';

/** GitHub's webhook: `POST /webhooks/github` behind the REST API. */
export const handler = createApi(githubWebhookRoutes, dependencies, { logger, metrics, trace });
