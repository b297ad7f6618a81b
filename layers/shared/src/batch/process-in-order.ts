import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';

/** A record that was left alone, since one before it in the batch failed. */
class BehindFailureError extends Error {
  override readonly name = 'BehindFailureError';
}

/**
 * Handles the records of a stream's batch one after the other, and names those that are to come again. The first that
 * fails ends it: Lambda gives the batch again from that record on, so that whatever followed would be done twice, and
 * ahead of its predecessor.
 */
export function processInOrder(
  records: readonly DynamoDBRecord[],
  handle: (record: DynamoDBRecord) => Promise<void>,
  onFailure: (error: unknown, record: DynamoDBRecord) => void,
): Promise<DynamoDBBatchResponse> {
  let failed = false;
  const inTurn = async (record: DynamoDBRecord): Promise<void> => {
    if (failed) throw new BehindFailureError();
    try {
      await handle(record);
    } catch (error) {
      failed = true;
      onFailure(error, record);
      throw error;
    }
  };
  return processPartialResponse({ Records: [...records] }, inTurn, new BatchProcessor(EventType.DynamoDBStreams), {
    processInParallel: false,
    throwOnFullBatchFailure: false,
  });
}
