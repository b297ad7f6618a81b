import './environment.ts';
import { createDirectHandler } from '@shared/invocation/direct-handler';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { checkTraffic } from './check-traffic.ts';
import { dependencies } from './dependencies.ts';

/** The hook that CodeDeploy invokes before it moves traffic to a new version of a function. */
export const handler = createDirectHandler({ logger, metrics, trace }, (event) => checkTraffic(event, dependencies));
