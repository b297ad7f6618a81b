import { randomUUID } from 'node:crypto';
import type { Park } from '@shared/batch/park';
import { createSqsClient } from '@shared/batch/sqs-client';
import { sqsPark } from '@shared/batch/sqs-park';
import { createDocumentClient } from '@shared/dynamodb/document-client';
import { createOrderEventPublisher, type PublishOrderEvent } from '@shared/events/order-event-publisher';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import type { Telemetry } from '@shared/observability/observe-invocation';
import { dynamoDbEventLog } from './dynamodb-event-log.ts';
import { dynamoDbOrderViews } from './dynamodb-order-views.ts';
import { dynamoDbProjection } from './dynamodb-projection.ts';
import { environment } from './environment.ts';
import type { EventLog } from './event-log.ts';
import type { OrderViews } from './order-views.ts';
import type { Projection } from './projection.ts';

/** What the table-stream function needs. */
export interface TableStreamDependencies {
  readonly views: OrderViews;
  readonly projection: Projection;
  readonly events: EventLog;
  readonly publish: PublishOrderEvent;
  readonly park: Park;
  readonly newGeneration: () => string;
  readonly telemetry: Pick<Telemetry, 'logger' | 'metrics'>;
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
  park: sqsPark(createSqsClient(), environment.DEAD_LETTERS_URL),
  newGeneration: randomUUID,
  telemetry: { logger, metrics },
};
