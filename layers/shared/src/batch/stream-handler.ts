import { parkPoison } from '@shared/batch/park-poison';
import type { Park } from '@shared/batch/park';
import { PoisonRecordError } from '@shared/batch/poison-record';
import { readRecord, type Contract } from '@shared/batch/read-record';
import { trailIn } from '@shared/observability/correlation-id';
import { logCodes } from '@shared/observability/log-codes';
import { observeInvocation, type Telemetry } from '@shared/observability/observe-invocation';
import { reportFailure } from '@shared/observability/report-failure';
import type { Context, KinesisStreamEvent } from 'aws-lambda';
import type * as z from 'zod';

/** A function behind a Kinesis stream. */
export type StreamHandler<Result> = (event: KinesisStreamEvent, context: Context) => Promise<Result>;

/** The shard that a batch is of; Lambda writes it before each record's sequence number. */
export const shardOf = ({ Records: [first] }: KinesisStreamEvent): string => first?.eventID.split(':')[0] ?? 'none';

/**
 * Makes the handler of a stream. What is no event of the contract is parked, so that it does not hold up its shard; the
 * events that are go to `handle` all at once. Where parking or `handle` fails the invocation fails, and Lambda delivers
 * the batch again, in halves: so `handle` has to take an event twice.
 */
export function createStreamHandler<Schema extends z.ZodType, Result>(
  telemetry: Telemetry,
  park: Park,
  contract: Contract<Schema>,
  handle: (events: z.output<Schema>[], batch: KinesisStreamEvent) => Promise<Result>,
): StreamHandler<Result> {
  const { logger, metrics } = telemetry;

  async function readAll({ Records }: KinesisStreamEvent): Promise<z.output<Schema>[]> {
    const events: z.output<Schema>[] = [];
    const records = Records.map(({ kinesis, ...origin }) => ({ ...origin, body: Buffer.from(kinesis.data, 'base64') }));
    const trails = records.map(({ body }) => trailIn(body.toString()));
    // In every line of the batch: by any of them it is found.
    logger.appendKeys({
      correlation_ids: [...new Set(trails.flatMap(({ correlationId }) => correlationId ?? []))],
      event_ids: [...new Set(trails.flatMap(({ eventId }) => eventId ?? []))],
    });
    for (const { body, eventSourceARN, eventID } of records) {
      try {
        events.push(readRecord(contract, body.toString()));
      } catch (error) {
        if (!(error instanceof PoisonRecordError)) throw error;
        await parkPoison(park, telemetry, { body, source: eventSourceARN, recordId: eventID }, error);
      }
    }
    return events;
  }

  async function run(event: KinesisStreamEvent): Promise<Result> {
    const started = performance.now();
    try {
      const events = await readAll(event);
      const result = await handle(events, event);
      metrics.count('SuccessCount');
      const facts = { records: event.Records.length, duration_ms: Math.round(performance.now() - started) };
      logger.info('Batch handled', { log_code: logCodes.handled, ...facts });
      return result;
    } catch (error) {
      reportFailure(telemetry, error);
      throw error;
    }
  }

  return (event, context) => observeInvocation(telemetry, context, context.awsRequestId, () => run(event));
}
