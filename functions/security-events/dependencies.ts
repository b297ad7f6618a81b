import type { Alert, Alerts } from '@shared/alerts/alerts';
import { createSnsClient, snsAlerts } from '@shared/alerts/sns-alerts';
import { createSqsClient } from '@shared/batch/sqs-client';
import { sqsPark } from '@shared/batch/sqs-park';
import type { IsOn } from '@shared/config/flags';
import { stageFlags } from '@shared/config/stage-flags';
import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import { metrics, type MetricName } from '@shared/observability/metrics';
import { environment } from './environment.ts';

/** What telling of security events needs. */
export interface SecurityEventsDependencies {
  readonly alerts: Alerts;
  readonly isOn: IsOn;
  readonly count: (metric: MetricName, value: number) => void;
  readonly onAlert: (alert: Alert) => void;
}

const { DEAD_LETTERS_URL, CRITICAL_TOPIC_ARN, STAGE, POWERTOOLS_SERVICE_NAME } = environment;

/** Where records go that nobody can be told of. */
export const park = sqsPark(createSqsClient(), DEAD_LETTERS_URL);

/** What it needs in production. */
export const dependencies: SecurityEventsDependencies = {
  alerts: snsAlerts(createSnsClient(), CRITICAL_TOPIC_ARN, { service: POWERTOOLS_SERVICE_NAME, stage: STAGE }),
  isOn: stageFlags(),
  count: metrics.count,
  onAlert: ({ code, facts }) => {
    logger.warn('Security events', { log_code: logCodes.securityEvents, alert: code, ...facts });
  },
};
