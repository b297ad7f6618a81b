import { UnavailableError } from '@shared/errors/app-error';
import { DynamoDBServiceException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';

const throttles = new Set(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded']);
const throttledReasons = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Another write held one of the transaction's items; nothing was written, and a repetition may succeed. */
export class ContentionError extends UnavailableError {}

/** A condition of the transaction was not met; `failed` has the positions, in the transaction, of those items. */
export class ConditionsFailedError extends Error {
  override readonly name = 'ConditionsFailedError';
  readonly failed: readonly number[];

  constructor(failed: readonly number[], options?: ErrorOptions) {
    super(`Conditions failed at ${failed.join(', ')}`, options);
    this.failed = failed;
  }
}

function ofCancelled(cause: TransactionCanceledException): Error {
  const codes = (cause.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
  const failed = codes.flatMap((code, position) => (code === 'ConditionalCheckFailed' ? [position] : []));
  if (failed.length > 0) return new ConditionsFailedError(failed, { cause });
  if (codes.includes('TransactionConflict')) return new ContentionError('Transactions collided', 1, { cause });
  if (codes.some((code) => throttledReasons.has(code))) return new UnavailableError('Throttled', 1, { cause });
  return cause;
}

/**
 * Names what a DynamoDB call's failure means: {@link ConditionsFailedError}, {@link ContentionError}, an
 * UnavailableError for throttling, and for anything else the error itself.
 */
export function tableError(error: unknown): unknown {
  if (error instanceof TransactionCanceledException) return ofCancelled(error);
  if (!(error instanceof DynamoDBServiceException)) return error;
  if (throttles.has(error.name)) return new UnavailableError('Throttled', 1, { cause: error });
  if (error.name === 'TransactionInProgressException') {
    return new ContentionError('The transaction is in progress', 1, { cause: error });
  }
  return error;
}

/** Waits for a DynamoDB call; a failure of it is named as {@link tableError} names it. */
export async function namedFailure<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw tableError(error);
  }
}
