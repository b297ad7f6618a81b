import { publicError, type PublicError } from '@shared/errors/public-error';
import { logCodes } from '@shared/observability/log-codes';
import type { Telemetry } from '@shared/observability/observe-invocation';

/**
 * Logs and counts a failed invocation, and says what its caller may learn: a failure of ours is an error with its
 * stack and an ErrorCount, a refusal a line without the stack and a ClientErrorCount.
 */
export function reportFailure({ logger, metrics }: Pick<Telemetry, 'logger' | 'metrics'>, error: unknown): PublicError {
  const shown = publicError(error);
  if (shown.status >= 500) {
    metrics.count('ErrorCount');
    const cause = error instanceof Error ? error : new Error('Something that is no error was thrown', { cause: error });
    logger.error('Invocation failed', { log_code: logCodes.failed, error_code: shown.code, error: cause });
  } else {
    metrics.count('ClientErrorCount');
    // The fields' names only: their values may be personal data.
    const fields = shown.details.map(({ field }) => field);
    logger.info('Invocation refused', { log_code: logCodes.refused, error_code: shown.code, fields });
  }
  return shown;
}
