import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';

/**
 * Makes what tells that something stands in for configuration that cannot be had: counted each time, and logged for the
 * first time in each execution environment. It is no failure: the function goes on.
 */
export function tellDefaulted(what: string): (error: unknown) => void {
  let isTold = false;
  return (error) => {
    metrics.count('ConfigurationDefaulted');
    if (isTold) return;
    isTold = true;
    logger.warn(`${what} cannot be had as configured; what stands in is used`, {
      log_code: logCodes.configurationDefaulted,
      error,
    });
  };
}
