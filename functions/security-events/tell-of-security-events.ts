import type { SecurityEvent } from '@shared/contracts/security-events';
import type { KinesisStreamBatchResponse } from 'aws-lambda';
import type { SecurityEventsDependencies } from './dependencies.ts';
import { causes, describeEvents } from './describe-events.ts';

/**
 * Tells of the events of a batch: one alert for each cause, and its metric; the metric alone while the flag
 * `enable_security_monitoring` is off. A batch that fails in between comes again and
 * may tell of a cause twice: rather that than never, and nothing about an attack has to be stored.
 */
export function tellOfSecurityEvents({ alerts, isOn, count, onAlert }: SecurityEventsDependencies) {
  return async (events: readonly SecurityEvent[]): Promise<KinesisStreamBatchResponse> => {
    const distinct = [...new Map(events.map((event) => [event.eventId, event])).values()];
    if (distinct.length === 0) return { batchItemFailures: [] };
    const isTelling = await isOn('enable_security_monitoring');
    for (const [cause, ofCause] of Map.groupBy(distinct, ({ type }) => type)) {
      const alert = describeEvents(cause, ofCause);
      if (isTelling) await alerts.raise(alert);
      count(causes[cause].metric, ofCause.length);
      if (isTelling) onAlert(alert);
    }
    return { batchItemFailures: [] };
  };
}
