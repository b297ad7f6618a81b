import type { Alert } from '@shared/alerts/alerts';
import type { SecurityCause, SecurityEvent } from '@shared/contracts/security-events';
import type { MetricName } from '@shared/observability/metrics';

/** Of each cause: its metric, the code of its alert, and what one and several events are called. */
export const causes: Readonly<Record<SecurityCause, { metric: MetricName; code: string; one: string; many: string }>> =
  {
    authenticationFailed: {
      metric: 'AuthenticationFailed',
      code: 'AUTHENTICATION_FAILED',
      one: 'failed authentication',
      many: 'failed authentications',
    },
    rateLimitExceeded: {
      metric: 'RateLimitExceeded',
      code: 'RATE_LIMIT_EXCEEDED',
      one: 'request above the rate limit',
      many: 'requests above the rate limit',
    },
    suspiciousActivity: {
      metric: 'SuspiciousActivity',
      code: 'SUSPICIOUS_ACTIVITY',
      one: 'suspicious activity',
      many: 'suspicious activities',
    },
  };

/** How many sources, details and correlation ids an alert names; it always says how many there are. */
const named = 10;

const firstOf = (values: readonly string[]): string[] => [...new Set(values)].slice(0, named);

/** Writes the one alert of events that have a cause in common: how many, when, and from where, the busiest source first. */
export function describeEvents(cause: SecurityCause, events: readonly SecurityEvent[]): Alert {
  const { code, one, many } = causes[cause];
  const sources = [...Map.groupBy(events, ({ source }) => source)]
    .map(([source, ofSource]) => ({ source, count: ofSource.length }))
    .sort((a, b) => b.count - a.count);
  const times = events.map(({ occurredAt }) => new Date(occurredAt).toISOString()).sort();
  const from = sources.length === 1 ? 'one source' : `${sources.length} sources`;
  return {
    code,
    summary: `${events.length} ${events.length === 1 ? one : many} from ${from}`,
    facts: {
      count: events.length,
      first: times[0],
      last: times.at(-1),
      sourceCount: sources.length,
      sources: sources.slice(0, named),
      details: firstOf(events.flatMap(({ detail }) => (detail === undefined ? [] : [detail]))),
      correlationIds: firstOf(events.map(({ correlationId }) => correlationId)),
    },
  };
}
