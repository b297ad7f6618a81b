import { createStreamHandler } from '@shared/batch/stream-handler';
import { readSettings } from '@shared/config/settings';
import { orderEvent, orderEventSchemaVersion } from '@shared/contracts/order-events';
import type { KinesisStreamEvent, KinesisStreamStateResponse } from 'aws-lambda';
import { countOrders } from '../../../functions/order-stream/count-orders.ts';
import type { ClosedWindow, OrderStreamDependencies } from '../../../functions/order-stream/dependencies.ts';
import { settings } from '../../../functions/order-stream/settings.ts';
import { lambdaContext } from './lambda-context.ts';
import { memoryAlerts, type MemoryAlerts } from './memory-alerts.ts';
import { memoryPark, type MemoryPark } from './memory-park.ts';
import { memoryTallies } from './memory-tallies.ts';
import { recordedTelemetry, type RecordedTelemetry } from './recorded-telemetry.ts';
import { summedMetrics, type MetricSums } from './summed-metrics.ts';

/** An order stream with everything in memory, and with what it did. */
export interface OrderStreamUnderTest {
  readonly send: (event: KinesisStreamEvent) => Promise<KinesisStreamStateResponse>;
  readonly tallies: OrderStreamDependencies['tallies'];
  readonly alerts: MemoryAlerts;
  readonly parking: MemoryPark;
  readonly closed: ClosedWindow[];
  readonly metrics: MetricSums;
  readonly telemetry: RecordedTelemetry;
}

/** Makes an order stream; `parts` take the place of what it needs. */
export function anOrderStream(parts: Partial<OrderStreamDependencies> = {}): OrderStreamUnderTest {
  const tallies = parts.tallies ?? memoryTallies(() => 1_750_000_000);
  const alerts = memoryAlerts();
  const parking = memoryPark();
  const closed: ClosedWindow[] = [];
  const { sums: metrics, count } = summedMetrics();
  const telemetry = recordedTelemetry();
  const handle = countOrders({
    alerts,
    settings: () => Promise.resolve(readSettings(settings, {}, () => undefined)),
    isOn: () => Promise.resolve(true),
    count,
    onHighOrders: () => undefined,
    onClosedWindow: (window) => closed.push(window),
    ...parts,
    tallies,
  });
  const contract = { schema: orderEvent, version: orderEventSchemaVersion };
  const handler = createStreamHandler(telemetry, parking.park, contract, handle);
  return { send: (event) => handler(event, lambdaContext()), tallies, alerts, parking, closed, metrics, telemetry };
}
