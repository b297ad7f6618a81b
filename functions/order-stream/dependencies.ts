import type { Alerts } from '@shared/alerts/alerts';
import { createSnsClient, snsAlerts } from '@shared/alerts/sns-alerts';
import { createSqsClient } from '@shared/batch/sqs-client';
import { sqsPark } from '@shared/batch/sqs-park';
import type { IsOn } from '@shared/config/flags';
import type { ValuesOf } from '@shared/config/settings';
import { stageFlags } from '@shared/config/stage-flags';
import { stageSettings } from '@shared/config/stage-settings';
import { createDocumentClient } from '@shared/dynamodb/document-client';
import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import { metrics, type MetricName } from '@shared/observability/metrics';
import { orderSeries, type OrderTotals } from '@shared/orders/order-numbers';
import { dynamoDbTallies } from '@shared/tallies/dynamodb-tallies';
import type { Tallies } from '@shared/tallies/tallies';
import { environment } from './environment.ts';
import type { HighOrder } from './high-orders.ts';
import { settings } from './settings.ts';

/** A tumbling window of one shard that is over, and what it brought. */
export interface ClosedWindow {
  readonly start: string;
  readonly shard: string;
  readonly totals: OrderTotals;
}

/** What counting orders needs. */
export interface OrderStreamDependencies {
  readonly tallies: Tallies;
  readonly alerts: Alerts;
  readonly settings: () => Promise<ValuesOf<typeof settings>>;
  readonly isOn: IsOn;
  readonly count: (metric: MetricName, value: number) => void;
  readonly onHighOrders: (orders: readonly HighOrder[]) => void;
  readonly onClosedWindow: (window: ClosedWindow) => void;
}

const { TABLE_NAME, DEAD_LETTERS_URL, CRITICAL_TOPIC_ARN, STAGE, POWERTOOLS_SERVICE_NAME } = environment;
const now = (): number => Math.floor(Date.now() / 1_000);

/** Where records go that can never be counted. */
export const park = sqsPark(createSqsClient(), DEAD_LETTERS_URL);

/** What it needs in production. */
export const dependencies: OrderStreamDependencies = {
  tallies: dynamoDbTallies(createDocumentClient(), TABLE_NAME, orderSeries, now),
  alerts: snsAlerts(createSnsClient(), CRITICAL_TOPIC_ARN, { service: POWERTOOLS_SERVICE_NAME, stage: STAGE }),
  settings: stageSettings(settings),
  isOn: stageFlags(),
  count: metrics.count,
  onHighOrders: (orders) => {
    logger.warn('Orders of unusual value', { log_code: logCodes.highValueOrders, orders });
  },
  onClosedWindow: (window) => {
    logger.info('Window closed', { log_code: logCodes.windowClosed, ...window });
  },
};
