import { parkPoison } from '@shared/batch/park-poison';
import type { Park } from '@shared/batch/park';
import { PoisonRecordError } from '@shared/batch/poison-record';
import { correlationIdIn } from '@shared/observability/correlation-id';
import { observeInvocation, type Telemetry } from '@shared/observability/observe-invocation';
import { reportFailure } from '@shared/observability/report-failure';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

/** A function behind an SQS queue, whose mapping has `ReportBatchItemFailures`. */
export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

const origin = ({
  body,
  eventSourceARN,
  messageId,
}: SQSRecord): { body: Buffer; source: string; recordId: string } => ({
  body: Buffer.from(body),
  source: eventSourceARN,
  recordId: messageId,
});

/**
 * Makes the handler of a queue: one message after the other, so that each line logged has the message's own correlation
 * id. A poison message is parked and done with, any other failure is reported to Lambda, which delivers that message
 * again. When all of them fail the invocation fails: alarms and canaries watch the errors of the function.
 */
export function createQueueHandler(
  telemetry: Telemetry,
  park: Park,
  handle: (body: string) => Promise<void>,
): QueueHandler {
  const { logger, metrics } = telemetry;

  async function handleRecord(record: SQSRecord, requestId: string): Promise<void> {
    // Not that of the message before.
    logger.appendKeys({ correlation_id: correlationIdIn(record.body) ?? requestId });
    try {
      await handle(record.body);
      metrics.count('SuccessCount');
    } catch (error) {
      if (error instanceof PoisonRecordError) {
        await parkPoison(park, telemetry, origin(record), error);
      } else {
        reportFailure(telemetry, error);
        throw error;
      }
    }
  }

  return (event, context) =>
    observeInvocation(telemetry, context, context.awsRequestId, () => {
      const handleOne = (record: SQSRecord): Promise<void> => handleRecord(record, context.awsRequestId);
      return processPartialResponse(event, handleOne, new BatchProcessor(EventType.SQS), { processInParallel: false });
    });
}
