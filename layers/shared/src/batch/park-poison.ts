import type { Park, ParkedRecord } from '@shared/batch/park';
import type { PoisonRecordError } from '@shared/batch/poison-record';
import { correlationIdIn } from '@shared/observability/correlation-id';
import { logCodes } from '@shared/observability/log-codes';
import type { Telemetry } from '@shared/observability/observe-invocation';

/** Where a record came from, and its very bytes. */
export type RecordOrigin = Pick<ParkedRecord, 'body' | 'source' | 'recordId'>;

/** Parks what cannot be handled, and reports it: an error line with a fixed code, which an alarm watches, and a count. */
export async function parkPoison(
  park: Park,
  { logger, metrics }: Pick<Telemetry, 'logger' | 'metrics'>,
  origin: RecordOrigin,
  error: PoisonRecordError,
): Promise<void> {
  const { poison: cause, message: detail } = error;
  await park({ ...origin, cause, detail });
  metrics.count('RecordsParked');
  const facts = { log_code: logCodes.recordParked, cause, detail, record_id: origin.recordId };
  // Of a newer version or not: who looks for what became of a request finds it here, too.
  const correlation = correlationIdIn(Buffer.from(origin.body).toString());
  logger.error('Record parked', correlation === undefined ? facts : { ...facts, correlation_id: correlation });
}
