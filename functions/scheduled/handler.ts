import './environment.ts';
import { createDirectHandler } from '@shared/invocation/direct-handler';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies } from './dependencies.ts';
import { runJob } from './run-job.ts';

/** Jobs of the schedule: the event says which; events/ has one of each. */
export const handler = createDirectHandler({ logger, metrics, trace }, (event, context) =>
  runJob(
    event,
    dependencies(() => context.getRemainingTimeInMillis()),
  ),
);
