import { handleInOrder } from '@shared/batch/table-handler';
import { orderEvent } from '@shared/contracts/order-events';
import { viewOf } from '@shared/orders/order-view';
import type { StoredEvent } from '@shared/orders/stored-event';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { TableStreamDependencies } from './dependencies.ts';
import { writtenTo } from './projection.ts';
import { eventOf } from './stream-record.ts';

/**
 * Shows a batch of events in the read models and publishes them. What comes again, or late, finds a view of its version
 * or a later one and changes nothing; what comes early is shown at once, since each event says how the order was after
 * it: nothing has to wait, or to be read from the store again.
 */
export async function projectBatch(
  dependencies: TableStreamDependencies,
  records: readonly DynamoDBRecord[],
): Promise<DynamoDBBatchResponse> {
  const { views, projection, publish, park, telemetry } = dependencies;
  const { logger, metrics } = telemetry;
  const before = writtenTo(await projection.read());
  const shown: StoredEvent[] = [];

  async function project(record: DynamoDBRecord): Promise<void> {
    // Not those of the event before, where this one cannot be read.
    const correlation = record.dynamodb?.NewImage?.['correlationId']?.S ?? record.eventID;
    logger.appendKeys({ correlation_id: correlation, order_id: undefined, event_id: undefined });
    const event = eventOf(record);
    const { order, eventId } = event;
    logger.appendKeys({ order_id: order.id, event_id: eventId });
    for (const generation of before) await views.put(generation, viewOf(event));
    shown.push(event);
    // Shown first: who is told of an event finds it in the lists.
    await publish(orderEvent.parse(event));
    metrics.count('OrderEventsPublished');
    logger.info('Event projected and published', { told_event_id: eventId, version: order.version });
  }

  const response = await handleInOrder(telemetry, park, records, project);
  // A rebuild that began meanwhile may have read the store already, before these events were in it.
  const after = writtenTo(await projection.read()).filter((generation) => !before.includes(generation));
  for (const generation of after) for (const event of shown) await views.put(generation, viewOf(event));
  return response;
}
