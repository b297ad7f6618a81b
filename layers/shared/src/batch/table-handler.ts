import { parkPoison } from '@shared/batch/park-poison';
import type { Park } from '@shared/batch/park';
import { PoisonRecordError } from '@shared/batch/poison-record';
import { readInput } from '@shared/batch/read-record';
import { observeInvocation, type Telemetry } from '@shared/observability/observe-invocation';
import { reportFailure } from '@shared/observability/report-failure';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type * as z from 'zod';

/** A function behind the stream of a table, whose mapping has `ReportBatchItemFailures`. */
export type TableHandler = (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;

/**
 * Handles the records of a table's stream one after the other. A poison record is parked and done with. The first that
 * fails otherwise is reported and ends the batch: Lambda gives it again from there on, so that whatever followed would be
 * done twice, and ahead of its predecessor.
 */
export async function handleInOrder(
  telemetry: Pick<Telemetry, 'logger' | 'metrics'>,
  park: Park,
  records: readonly DynamoDBRecord[],
  handle: (record: DynamoDBRecord) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  async function handleOne(record: DynamoDBRecord, recordId: string): Promise<void> {
    try {
      await handle(record);
    } catch (error) {
      if (!(error instanceof PoisonRecordError)) throw error;
      const body = Buffer.from(JSON.stringify(record));
      await parkPoison(park, telemetry, { body, source: record.eventSourceARN ?? '', recordId }, error);
    }
  }

  for (const record of records) {
    const { eventID = '', dynamodb } = record;
    telemetry.logger.appendKeys({ record_id: eventID, correlation_id: eventID });
    try {
      await handleOne(record, eventID);
    } catch (error) {
      reportFailure(telemetry, error);
      return { batchItemFailures: [{ itemIdentifier: dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

/** Makes the handler of a table's stream; a change is `{eventName, dynamodb}`, with values as DynamoDB types them. */
export function createTableHandler<Schema extends z.ZodType>(
  telemetry: Telemetry,
  park: Park,
  schema: Schema,
  handle: (change: z.output<Schema>) => Promise<void>,
): TableHandler {
  return ({ Records }, context) =>
    observeInvocation(telemetry, context, context.awsRequestId, () =>
      handleInOrder(telemetry, park, Records, async (record) => {
        await handle(readInput(schema, record));
        telemetry.metrics.count('SuccessCount');
      }),
    );
}
