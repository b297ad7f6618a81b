import { randomUUID } from 'node:crypto';
import type { ValuesOf } from '@shared/config/settings';
import { stageSettings } from '@shared/config/stage-settings';
import { createDocumentClient } from '@shared/dynamodb/document-client';
import { logger } from '@shared/observability/logger';
import { metrics, type MetricName } from '@shared/observability/metrics';
import { stagePageTokens, type StagePageTokens } from '@shared/pagination/stage-page-tokens';
import { dynamoDbEvents } from './dynamodb-events.ts';
import { dynamoDbOrderLists } from './dynamodb-order-lists.ts';
import { dynamoDbSnapshots } from './dynamodb-snapshots.ts';
import { environment } from './environment.ts';
import type { HistoryDependencies } from './order-history.ts';
import type { OrderLists } from './order-lists.ts';
import { settings } from './settings.ts';
import { tellingEvents } from './telling-events.ts';
import { userExists } from './user-exists.ts';

/** What the orders function needs. */
export interface OrdersDependencies extends HistoryDependencies {
  readonly lists: OrderLists;
  readonly userExists: (userId: string) => Promise<boolean>;
  readonly tokens: StagePageTokens;
  readonly settings: () => Promise<ValuesOf<typeof settings>>;
  readonly count: (metric: MetricName, value?: number) => void;
}

const client = createDocumentClient();

/** What it needs in production; made once, so that connections outlive an invocation. */
export const dependencies: OrdersDependencies = {
  events: tellingEvents(dynamoDbEvents(client, environment.EVENTS_TABLE_NAME), ({ eventId, type, order }) => {
    logger.info('Event recorded', { told_event_id: eventId, type, order_id: order.id, version: order.version });
  }),
  snapshots: dynamoDbSnapshots(client, environment.TABLE_NAME),
  lists: dynamoDbOrderLists(client, environment.TABLE_NAME),
  userExists: userExists(client, environment.TABLE_NAME),
  tokens: stagePageTokens(environment.PAGE_TOKEN_SECRET_NAME),
  settings: stageSettings(settings),
  now: () => new Date(),
  newId: randomUUID,
  count: metrics.count,
  onProblem: (message, error) => {
    logger.warn(message, { error });
  },
};
