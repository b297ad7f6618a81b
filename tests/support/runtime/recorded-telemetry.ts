import type { Log } from '@shared/observability/logger';
import type { MetricName } from '@shared/observability/metrics';
import type { Telemetry } from '@shared/observability/observe-invocation';

/** One line as it was logged, with the keys that were set at that moment. */
export interface RecordedLine {
  readonly level: string;
  readonly message: unknown;
  readonly requestId: string | undefined;
  readonly [key: string]: unknown;
}

/** Telemetry that keeps what it is given; `published` holds the metrics of each finished invocation. */
export interface RecordedTelemetry extends Telemetry {
  readonly lines: RecordedLine[];
  readonly published: MetricName[][];
}

/** Makes telemetry that writes nothing and keeps everything. */
export function recordedTelemetry(): RecordedTelemetry {
  const lines: RecordedLine[] = [];
  const published: MetricName[][] = [];
  let keys: Record<string, unknown> = {};
  let requestId: string | undefined;
  let counted: MetricName[] = [];
  const at =
    (level: string) =>
    (message: unknown, ...extra: unknown[]): void => {
      lines.push({ level, message, requestId, ...keys, ...(extra[0] as Record<string, unknown> | undefined) });
    };
  const logger: Log = {
    beginInvocation: () => undefined,
    endInvocation: () => Promise.resolve(),
    addContext: (context) => {
      requestId = context.awsRequestId;
    },
    appendKeys: (added) => {
      keys = { ...keys, ...added };
    },
    resetKeys: () => {
      keys = {};
    },
    debug: at('DEBUG'),
    info: at('INFO'),
    warn: at('WARN'),
    error: at('ERROR'),
  };
  const metrics = {
    count: (name: MetricName): void => {
      counted.push(name);
    },
    publish: (): void => {
      published.push(counted);
      counted = [];
    },
  };
  return { logger, metrics, lines, published };
}
