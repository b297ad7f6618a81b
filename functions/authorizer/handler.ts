import './environment.ts';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { createAuthorizer } from './authorize.ts';
import { dependencies } from './dependencies.ts';

/** The Lambda authorizer of the REST API: it proves who calls. */
export const handler = createAuthorizer(dependencies, { logger, metrics });
