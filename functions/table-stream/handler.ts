import './environment.ts';
import { createDirectHandler } from '@shared/invocation/direct-handler';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies } from './dependencies.ts';
import { projectBatch } from './project-batch.ts';
import { rebuildStep } from './rebuild-step.ts';
import { isStreamBatch } from './stream-record.ts';

/** The stream of the events table; and the steps of `aviary rebuild-projection`, so that the code that runs makes them. */
export const handler = createDirectHandler({ logger, metrics, trace }, async (event) =>
  isStreamBatch(event) ? await projectBatch(dependencies, event.Records) : await rebuildStep(dependencies, event),
);
