import './environment.ts';
import { createApi } from '@shared/http/api';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies } from './dependencies.ts';
import { receiveDelivery } from './receive-delivery.ts';

/** GitHub's webhook: `POST /webhooks/github` behind the REST API. */
export const handler = createApi(
  { 'POST /webhooks/github': receiveDelivery(dependencies) },
  { logger, metrics, trace },
);
