import { readDeployment } from '@shared/config/deployment';
import { Metrics } from '@aws-lambda-powertools/metrics';

/** Every metric of the product: success, refusal (the caller's fault) and failure (ours) of an invocation, then business. */
export type MetricName =
  | 'SuccessCount'
  | 'ClientErrorCount'
  | 'ErrorCount'
  | 'AuthenticationSuccessful'
  | 'AuthenticationRefused'
  | 'UsersCreated'
  | 'OrdersCreated'
  | 'OrderProcessingTime'
  | 'OrderEventsPublished'
  | 'DeploymentsStarted'
  | 'RecordsParked'
  | 'MailsSent'
  | 'OrdersCounted'
  | 'LateOrders'
  | 'HighValueOrders'
  | 'ActiveUsers'
  | 'AuthenticationFailed'
  | 'RateLimitExceeded'
  | 'SuspiciousActivity'
  | 'ItemsRemoved'
  | 'ConfigurationDefaulted'
  | 'FeatureFlagEvaluations';

/** Counts things and writes what was counted, in the embedded metric format, when the invocation ends. */
export interface Counter {
  /** Adds to a metric: 1, unless told how many; of a time, its milliseconds. */
  readonly count: (name: MetricName, value?: number) => void;
  readonly publish: () => void;
}

const times: ReadonlySet<MetricName> = new Set(['OrderProcessingTime']);

// The dimensions of every metric are `service` and `stage`: stages may share an account.
const { stage, version } = readDeployment();
const emf = new Metrics({ defaultDimensions: { stage } });

/** A failure of ours counts once more by the dimension `version` beside them: the alarm of a new version watches that. */
function countFailureOfVersion(value: number): void {
  const failure = emf.singleMetric();
  failure.addDimension('version', version);
  failure.addMetric('ErrorCount' satisfies MetricName, 'Count', value);
}

/** Counts an evaluation of a flag, by the dimensions `flag` and `value` (`on`, `off`). */
export function countFlag(flag: string, isOn: boolean): void {
  const evaluation = emf.singleMetric();
  evaluation.addDimension('flag', flag);
  evaluation.addDimension('value', isOn ? 'on' : 'off');
  evaluation.addMetric('FeatureFlagEvaluations' satisfies MetricName, 'Count', 1);
}

/** The function's metrics; namespace and service come from the environment. */
export const metrics: Counter = {
  count: (name, value = 1) => {
    emf.addMetric(name, times.has(name) ? 'Milliseconds' : 'Count', value);
    if (name === 'ErrorCount') countFailureOfVersion(value);
  },
  publish: () => {
    emf.publishStoredMetrics();
  },
};
