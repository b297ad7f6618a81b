import './environment.ts';
import { createStreamHandler } from '@shared/batch/stream-handler';
import { securityEvent, securityEventSchemaVersion } from '@shared/contracts/security-events';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { dependencies, park } from './dependencies.ts';
import { tellOfSecurityEvents } from './tell-of-security-events.ts';

/** The stream of security events. */
export const handler = createStreamHandler(
  { logger, metrics, trace },
  park,
  { schema: securityEvent, version: securityEventSchemaVersion },
  tellOfSecurityEvents(dependencies),
);
