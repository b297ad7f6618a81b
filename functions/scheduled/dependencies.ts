import type { Alerts } from '@shared/alerts/alerts';
import { createSnsClient, snsAlerts } from '@shared/alerts/sns-alerts';
import { createDocumentClient } from '@shared/dynamodb/document-client';
import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import { metrics, type MetricName } from '@shared/observability/metrics';
import { orderSeries } from '@shared/orders/order-numbers';
import { readTallies } from '@shared/tallies/dynamodb-tallies';
import type { Tallies } from '@shared/tallies/tallies';
import type { CleanUpReport } from './clean-up.ts';
import { dynamoDbExpiredItems } from './dynamodb-expired-items.ts';
import { dynamoDbSummaries } from './dynamodb-summaries.ts';
import { environment } from './environment.ts';
import type { ExpiredItems } from './expired-items.ts';
import type { OrderSummary, Summaries } from './summaries.ts';

/** What the jobs need. */
export interface ScheduledDependencies {
  readonly orders: Pick<Tallies, 'read'>;
  readonly summaries: Summaries;
  /** The topic of what people may want to know. */
  readonly info: Alerts;
  readonly expiredItems: ExpiredItems;
  readonly now: () => Date;
  /** What is left of the invocation, in milliseconds. */
  readonly timeLeft: () => number;
  readonly count: (metric: MetricName, value: number) => void;
  readonly onSummary: (summary: OrderSummary) => void;
  readonly onCleanUp: (report: CleanUpReport) => void;
}

const { TABLE_NAME, INFO_TOPIC_ARN, STAGE, POWERTOOLS_SERVICE_NAME } = environment;
const client = createDocumentClient();

const lasting: Omit<ScheduledDependencies, 'timeLeft'> = {
  orders: { read: readTallies(client, TABLE_NAME, orderSeries) },
  summaries: dynamoDbSummaries(client, TABLE_NAME),
  info: snsAlerts(createSnsClient(), INFO_TOPIC_ARN, { service: POWERTOOLS_SERVICE_NAME, stage: STAGE }),
  expiredItems: dynamoDbExpiredItems(client, TABLE_NAME),
  now: () => new Date(),
  count: metrics.count,
  onSummary: (summary) => {
    logger.info('Orders summed up', { log_code: logCodes.orderSummary, ...summary });
  },
  onCleanUp: (report) => {
    logger.info('Table cleaned up', { log_code: logCodes.cleanedUp, ...report });
  },
};

/** What they need in production. */
export const dependencies = (timeLeft: () => number): ScheduledDependencies => ({ ...lasting, timeLeft });
