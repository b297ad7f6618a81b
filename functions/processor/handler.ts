import { createDirectHandler } from '@shared/invocation/direct-handler';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { dependencies } from './dependencies.ts';
import { processEvent } from './process-event.ts';

/** Processor: direct invocations, synchronous and asynchronous; events/ has one of each shape. */
export const handler = createDirectHandler({ logger, metrics }, (event, context) =>
  processEvent(event, dependencies(context.awsRequestId)),
);
