import { readDeployment } from '@shared/config/deployment';
import { redact } from '@shared/observability/redact';
import { Logger } from '@aws-lambda-powertools/logger';

/** What the shared code asks of a logger. */
export type Log = Pick<Logger, 'addContext' | 'appendKeys' | 'resetKeys' | 'debug' | 'info' | 'warn' | 'error'>;

const { stage, release, version } = readDeployment();

/** The function's logger: one JSON object a line, without secrets; service and level come from the environment. */
export const logger = new Logger({
  persistentKeys: { stage, release, function_version: version },
  jsonReplacerFn: redact,
});
