import type { Park, ParkedRecord } from '@shared/batch/park';
import type { PoisonRecordError } from '@shared/batch/poison-record';
import { trailIn } from '@shared/observability/correlation-id';
import { logCodes } from '@shared/observability/log-codes';
import type { Telemetry } from '@shared/observability/observe-invocation';

/** Where a record came from, and its very bytes. */
export type RecordOrigin = Pick<ParkedRecord, 'body' | 'source' | 'recordId'>;

/**
 * Parks what cannot be handled, and reports it: a count, and an error line with a fixed code for alarms to watch. What a
 * newer release has written has a code of its own: it wants a deploy, and no mending.
 */
export async function parkPoison(
  park: Park,
  { logger, metrics }: Pick<Telemetry, 'logger' | 'metrics'>,
  origin: RecordOrigin,
  error: PoisonRecordError,
): Promise<void> {
  const { poison: cause, message: detail } = error;
  await park({ ...origin, cause, detail });
  metrics.count('RecordsParked');
  const log_code = cause === 'NEWER_VERSION' ? logCodes.recordNewer : logCodes.recordParked;
  const facts = { log_code, cause, detail, record_id: origin.recordId };
  // Of a newer version or not: who looks for what became of a request finds it here, too.
  const { correlationId: correlation } = trailIn(Buffer.from(origin.body).toString());
  logger.error('Record parked', correlation === undefined ? facts : { ...facts, correlation_id: correlation });
}
