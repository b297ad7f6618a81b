import { logCodes } from '@shared/observability/log-codes';
import { NewerEventError, UnreadableEventError } from '@shared/orders/stored-event';
import type { DynamoDBRecord } from 'aws-lambda';
import type { TableStreamDependencies } from './dependencies.ts';

/** A record that no repetition helps, and why. */
export interface ParkedRecord {
  readonly cause: { readonly name: string; readonly message: string };
  readonly record: DynamoDBRecord;
}

/** Keeps a record for a person, outside of the stream, which goes on. */
export type ParkRecord = (parked: ParkedRecord) => Promise<void>;

const messageLength = 2_000;

/** Parks a record that cannot be read, and alerts by a fixed log code; any other failure may pass and is thrown on. */
export async function parkUnreadable(
  { park, count, logger }: Pick<TableStreamDependencies, 'park' | 'count' | 'logger'>,
  record: DynamoDBRecord,
  error: unknown,
): Promise<void> {
  if (!(error instanceof UnreadableEventError)) throw error;
  const { name, message } = error;
  await park({ cause: { name, message: message.slice(0, messageLength) }, record });
  count('OrderEventsParked');
  const log_code = error instanceof NewerEventError ? logCodes.eventNewer : logCodes.eventParked;
  logger.error('A record of the stream was parked', { log_code, event_id: record.eventID, cause: message });
}
