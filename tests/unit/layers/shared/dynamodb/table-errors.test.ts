import { UnavailableError } from '@shared/errors/app-error';
import { ConditionsFailedError, ContentionError, tableError } from '@shared/dynamodb/table-errors';
import { DynamoDBServiceException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';

const cancelled = (...codes: (string | undefined)[]): TransactionCanceledException =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => (Code === undefined ? {} : { Code })),
  });
const service = (name: string): DynamoDBServiceException =>
  new DynamoDBServiceException({ name, $fault: 'client', $metadata: {}, message: name });

describe('tableError', () => {
  it('tells which conditions of a transaction failed', () => {
    const error = tableError(cancelled('None', 'ConditionalCheckFailed', undefined, 'ConditionalCheckFailed'));

    expect(error).toBeInstanceOf(ConditionsFailedError);
    expect(error).toMatchObject({ failed: [1, 3] });
  });

  it('takes a failed condition for the answer even when another item was in contention', () => {
    expect(tableError(cancelled('TransactionConflict', 'ConditionalCheckFailed'))).toBeInstanceOf(
      ConditionsFailedError,
    );
  });

  it.each([
    ['a transaction conflict', cancelled('None', 'TransactionConflict')],
    ['a transaction in progress', service('TransactionInProgressException')],
  ])('calls %s contention', (_what, cause) => {
    const error = tableError(cause);

    expect(error).toBeInstanceOf(ContentionError);
    expect(error).toMatchObject({ cause, retryAfterSeconds: 1 });
  });

  it.each([
    ['ThrottlingException', service('ThrottlingException')],
    ['ProvisionedThroughputExceededException', service('ProvisionedThroughputExceededException')],
    ['RequestLimitExceeded', service('RequestLimitExceeded')],
    ['a throttled transaction', cancelled('ThrottlingError')],
    ['a transaction above the provisioned throughput', cancelled('None', 'ProvisionedThroughputExceeded')],
  ])('calls %s unavailable, and no contention that we would retry ourselves', (_what, cause) => {
    const error = tableError(cause);

    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).not.toBeInstanceOf(ContentionError);
  });

  it.each([
    cancelled('ValidationError'),
    cancelled(),
    service('ResourceNotFoundException'),
    new Error('socket hang up'),
    undefined,
  ])('leaves %p as it is', (error) => {
    expect(tableError(error)).toBe(error);
  });
});
