import './environment.ts';
import { createStreamHandler } from '@shared/batch/stream-handler';
import { userActivity, userActivitySchemaVersion } from '@shared/contracts/user-activity';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { trace } from '@shared/observability/tracer';
import { countActivity } from './count-activity.ts';
import { dependencies, park } from './dependencies.ts';

/** The stream of what users do. */
export const handler = createStreamHandler(
  { logger, metrics, trace },
  park,
  { schema: userActivity, version: userActivitySchemaVersion },
  countActivity(dependencies),
);
