import { correlationId } from '@shared/observability/correlation-id';
import { logCodes } from '@shared/observability/log-codes';
import { observeInvocation, type Telemetry } from '@shared/observability/observe-invocation';
import { reportFailure } from '@shared/observability/report-failure';
import type { Context, DynamoDBStreamEvent, KinesisStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';

/** Handles one record; what it holds is anything until a schema took it. */
export type HandleRecord = (record: unknown) => unknown;

/** A function that is given records in batches; it answers with those that failed, and Lambda brings these again. */
export type RecordHandler<Event> = (event: Event, context: Context) => Promise<SQSBatchResponse>;

/** A record by the id that Lambda knows it by; `read` throws for one that is not JSON. */
interface BatchRecord {
  readonly id: string;
  readonly read: () => unknown;
}

const correlationField = (record: unknown): unknown =>
  typeof record === 'object' && record !== null && 'correlationId' in record ? record.correlationId : undefined;

/** @param ordered whether all that comes after a failed record has to wait for it */
function createRecordHandler<Event>(
  telemetry: Telemetry,
  handle: HandleRecord,
  ordered: boolean,
  recordsOf: (event: Event) => readonly BatchRecord[],
): RecordHandler<Event> {
  const { logger, metrics } = telemetry;

  async function succeeds({ id, read }: BatchRecord, requestId: string): Promise<boolean> {
    logger.appendKeys({ record_id: id });
    try {
      const record = read();
      logger.appendKeys({ correlation_id: correlationId(correlationField(record), requestId) });
      await handle(record);
      metrics.count('SuccessCount');
      logger.info('Record handled', { log_code: logCodes.handled });
      return true;
    } catch (error) {
      reportFailure(telemetry, error);
      return false;
    }
  }

  async function failedOf(records: readonly BatchRecord[], requestId: string): Promise<string[]> {
    const failed: string[] = [];
    for (const record of records) {
      if (await succeeds(record, requestId)) continue;
      failed.push(record.id);
      if (ordered) break;
    }
    return failed;
  }

  return (event, context) =>
    observeInvocation(telemetry, context, context.awsRequestId, async () => {
      const failed = await failedOf(recordsOf(event), context.awsRequestId);
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    });
}

/** Makes the handler of a queue whose messages are JSON; one that fails does not hold up the others. */
export const createQueueHandler = (telemetry: Telemetry, handle: HandleRecord): RecordHandler<SQSEvent> =>
  createRecordHandler(telemetry, handle, false, ({ Records }) =>
    Records.map(({ messageId, body }) => ({ id: messageId, read: (): unknown => JSON.parse(body) })),
  );

/** Makes the handler of a Kinesis stream whose records are JSON; one that fails is tried again before the next. */
export const createStreamHandler = (telemetry: Telemetry, handle: HandleRecord): RecordHandler<KinesisStreamEvent> =>
  createRecordHandler(telemetry, handle, true, ({ Records }) =>
    Records.map(({ kinesis: { sequenceNumber, data } }) => ({
      id: sequenceNumber,
      read: (): unknown => JSON.parse(Buffer.from(data, 'base64').toString()),
    })),
  );

/** Makes the handler of a table's stream; a record is `{eventName, dynamodb}`, with values as DynamoDB types them. */
export const createTableHandler = (telemetry: Telemetry, handle: HandleRecord): RecordHandler<DynamoDBStreamEvent> =>
  createRecordHandler(telemetry, handle, true, ({ Records }) =>
    Records.map((record) => ({ id: record.dynamodb?.SequenceNumber ?? '', read: (): unknown => record })),
  );
