import { parkPoison } from '@shared/batch/park-poison';
import type { Park } from '@shared/batch/park';
import { PoisonRecordError } from '@shared/batch/poison-record';
import { readRecord, type Contract } from '@shared/batch/read-record';
import { trailIn } from '@shared/observability/correlation-id';
import { observeInvocation, type Telemetry } from '@shared/observability/observe-invocation';
import { reportFailure } from '@shared/observability/report-failure';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';

/** A function behind an SQS queue, whose mapping has `ReportBatchItemFailures`. */
export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * Makes the handler of a queue: one message after the other, so that each line logged has the message's own correlation
 * id. A poison message is parked and done with, any other failure is reported to Lambda, which delivers that message
 * again. When all of them fail the invocation fails: alarms and canaries watch the errors of the function.
 */
export function createQueueHandler<Schema extends z.ZodType>(
  telemetry: Telemetry,
  park: Park,
  contract: Contract<Schema>,
  handle: (event: z.output<Schema>) => Promise<void>,
): QueueHandler {
  const { logger, metrics } = telemetry;

  async function handleRecord({ body, eventSourceARN: source, messageId: recordId }: SQSRecord): Promise<void> {
    // Not those of the message before.
    const { correlationId = recordId, eventId } = trailIn(body);
    logger.appendKeys({ record_id: recordId, correlation_id: correlationId, event_id: eventId });
    try {
      await handle(readRecord(contract, body));
      metrics.count('SuccessCount');
    } catch (error) {
      if (error instanceof PoisonRecordError) {
        await parkPoison(park, telemetry, { body: Buffer.from(body), source, recordId }, error);
      } else {
        reportFailure(telemetry, error);
        throw error;
      }
    }
  }

  return (event, context) =>
    observeInvocation(telemetry, context, context.awsRequestId, () =>
      processPartialResponse(event, handleRecord, new BatchProcessor(EventType.SQS), { processInParallel: false }),
    );
}
