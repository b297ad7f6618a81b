import { createStreamHandler, type StreamHandler } from '@shared/batch/stream-handler';
import { userActivity, userActivitySchemaVersion } from '@shared/contracts/user-activity';
import type { Tallies } from '@shared/tallies/tallies';
import type { KinesisStreamBatchResponse } from 'aws-lambda';
import { countActivity } from '../../../functions/user-activity/count-activity.ts';
import { kinesisEvent } from './kinesis-windows.ts';
import { lambdaContext } from './lambda-context.ts';
import { memoryPark, type MemoryPark } from './memory-park.ts';
import { memoryTallies } from './memory-tallies.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';
import { summedMetrics, type MetricSums } from './summed-metrics.ts';

/** A stream of activity with everything in memory, and with what it did; `send` puts these events into one batch. */
export interface ActivityUnderTest {
  readonly handler: StreamHandler<KinesisStreamBatchResponse>;
  readonly send: (...events: unknown[]) => Promise<KinesisStreamBatchResponse>;
  readonly tallies: Tallies;
  readonly parking: MemoryPark;
  readonly metrics: MetricSums;
}

/** Makes a stream of activity. */
export function someActivity(): ActivityUnderTest {
  const tallies = memoryTallies(() => 1_750_000_000);
  const parking = memoryPark();
  const { sums, count } = summedMetrics();
  const contract = { schema: userActivity, version: userActivitySchemaVersion };
  const handler = createStreamHandler(recordedTelemetry(), parking.park, contract, countActivity({ tallies, count }));
  const send = (...events: unknown[]): Promise<KinesisStreamBatchResponse> =>
    handler(kinesisEvent(...events), lambdaContext());
  return { handler, send, tallies, parking, metrics: sums };
}
