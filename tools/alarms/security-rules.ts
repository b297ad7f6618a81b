import type { AlarmRule } from './alarm-rule.ts';
import { counted, sum } from './rule-parts.ts';

/** What `security-events` counts of what somebody tries. */
export const securityRules: readonly AlarmRule[] = (
  [
    ['suspicious-activity', 'SuspiciousActivity', 0, 'P2', 'events of suspicious activity'],
    ['refused-logins', 'AuthenticationFailed', 'AttackThreshold', 'P3', 'failed authentications'],
    ['exceeded-limits', 'RateLimitExceeded', 'AttackThreshold', 'P3', 'callers above their limit'],
  ] as const
).map(([alarm, metric, threshold, priority, what]) => ({
  ...sum,
  ...counted,
  of: 'function',
  only: 'security-events',
  alarm,
  priority,
  runbook: 'security-events',
  says: `more than {threshold} ${what} in five minutes, says {name}`,
  metric,
  threshold,
  because: 'It is counted when it happens.',
}));
