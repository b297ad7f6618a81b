import { createStreamHandler, type StreamHandler } from '@shared/batch/stream-handler';
import { securityEvent, securityEventSchemaVersion } from '@shared/contracts/security-events';
import type { KinesisStreamBatchResponse } from 'aws-lambda';
import type { SecurityEventsDependencies } from '../../../functions/security-events/dependencies.ts';
import { tellOfSecurityEvents } from '../../../functions/security-events/tell-of-security-events.ts';
import { kinesisEvent } from './kinesis-windows.ts';
import { lambdaContext } from './lambda-context.ts';
import { memoryAlerts, type MemoryAlerts } from './memory-alerts.ts';
import { memoryPark, type MemoryPark } from './memory-park.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';
import { summedMetrics, type MetricSums } from './summed-metrics.ts';

/** A stream of security events with everything in memory, and what it did; `send` puts these events into one batch. */
export interface SecurityUnderTest {
  readonly handler: StreamHandler<KinesisStreamBatchResponse>;
  readonly send: (...events: unknown[]) => Promise<KinesisStreamBatchResponse>;
  readonly alerts: MemoryAlerts;
  readonly parking: MemoryPark;
  readonly metrics: MetricSums;
}

/** Makes a stream of security events; `parts` take the place of what it needs. */
export function someSecurity(parts: Partial<SecurityEventsDependencies> = {}): SecurityUnderTest {
  const alerts = memoryAlerts();
  const parking = memoryPark();
  const { sums, count } = summedMetrics();
  const handle = tellOfSecurityEvents({
    alerts,
    isOn: () => Promise.resolve(true),
    count,
    onAlert: () => undefined,
    ...parts,
  });
  const contract = { schema: securityEvent, version: securityEventSchemaVersion };
  const handler = createStreamHandler(recordedTelemetry(), parking.park, contract, handle);
  const send = (...events: unknown[]): Promise<KinesisStreamBatchResponse> =>
    handler(kinesisEvent(...events), lambdaContext());
  return { handler, send, alerts, parking, metrics: sums };
}
