import './environment.ts';
import { createApi } from '@shared/http/api';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies } from './dependencies.ts';
import { reportHealth } from './report-health.ts';

/** Health: `GET /health` behind the REST API; the smoke test of a deployment. */
export const handler = createApi({ 'GET /health': reportHealth(dependencies) }, { logger, metrics, trace });
