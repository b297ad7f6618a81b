import { createDirectHandler } from '@shared/invocation/direct-handler';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies } from './dependencies.ts';
import { rotateSecret } from './rotate-secret.ts';

/** The rotation of signing keys: Secrets Manager invokes it, once for each step. */
export const handler = createDirectHandler({ logger, metrics, trace }, (event) => rotateSecret(event, dependencies));
