import { randomUUID } from 'node:crypto';
import { createDocumentClient } from '@shared/dynamodb/document-client';
import { createOrderEventPublisher, type PublishOrderEvent } from '@shared/events/order-event-publisher';
import { logger, type Log } from '@shared/observability/logger';
import { metrics, type MetricName } from '@shared/observability/metrics';
import { dynamoDbEventLog } from './dynamodb-event-log.ts';
import { dynamoDbOrderViews } from './dynamodb-order-views.ts';
import { dynamoDbProjection } from './dynamodb-projection.ts';
import { environment } from './environment.ts';
import type { EventLog } from './event-log.ts';
import type { OrderViews } from './order-views.ts';
import type { ParkRecord } from './park-record.ts';
import type { Projection } from './projection.ts';
import { sqsParking } from './sqs-parking.ts';

/** What the table-stream function needs. */
export interface TableStreamDependencies {
  readonly views: OrderViews;
  readonly projection: Projection;
  readonly events: EventLog;
  readonly publish: PublishOrderEvent;
  readonly park: ParkRecord;
  readonly newGeneration: () => string;
  readonly count: (metric: MetricName) => void;
  readonly logger: Pick<Log, 'appendKeys' | 'info' | 'warn' | 'error'>;
}

const client = createDocumentClient();

/** What it needs in production; made once, so that connections outlive an invocation. */
export const dependencies: TableStreamDependencies = {
  views: dynamoDbOrderViews(client, environment.TABLE_NAME),
  projection: dynamoDbProjection(client, environment.TABLE_NAME),
  events: dynamoDbEventLog(client, environment.EVENTS_TABLE_NAME),
  publish: createOrderEventPublisher({
    streamName: environment.ORDER_STREAM_NAME,
    topicArn: environment.ORDER_TOPIC_ARN,
  }),
  park: sqsParking(environment.DEAD_LETTERS_URL),
  newGeneration: randomUUID,
  count: metrics.count,
  logger,
};
