import type { Alarm, Operator } from './alarm-properties.ts';
import type { Value } from './metric-math.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** CloudWatch reads so many periods more than it needs, to have real values in place of missing ones. */
const spare = 2;

/** The evaluation range: how many periods an alarm looks at. Its tables have 5 for 3; for others no number is documented. */
export const periodsRead = ({ evaluationPeriods }: Pick<Alarm, 'evaluationPeriods'>): number =>
  evaluationPeriods + spare;

/**
 * The state that an alarm takes. Where the range has enough values, the latest count and nothing is filled in; else all that
 * there are count, and as few as needed are filled in as the alarm treats missing data. Where it treats them as missing, it is
 * in ALARM already when there are only breaches, and the oldest is as old as the datapoints that it takes.
 * (CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data", with its two tables, and "Avoiding premature
 * transitions to alarm state".)
 * @param values of {@link periodsRead} periods, the oldest first
 */
export function judgePeriods(alarm: Alarm, values: readonly Value[], current: AlarmState): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, missing } = alarm;
  const real = values.filter((value) => value !== undefined).slice(-evaluationPeriods);
  const breaching = real.filter((value) => breaches(alarm, value)).length;
  const filled = evaluationPeriods - real.length;
  if (breaching >= datapointsToAlarm) return 'ALARM';
  if (filled === 0 || missing === 'notBreaching') return 'OK';
  if (missing === 'breaching') return breaching + filled >= datapointsToAlarm ? 'ALARM' : 'OK';
  if (real.length > breaching) return 'OK';
  if (missing === 'ignore') return current;
  if (real.length === 0) return 'INSUFFICIENT_DATA';
  const oldest = values.length - values.findIndex((value) => value !== undefined);
  return oldest >= datapointsToAlarm ? 'ALARM' : 'OK';
}

const compare: Readonly<Record<Operator, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

const breaches = ({ operator, threshold }: Alarm, value: number): boolean => compare[operator](value, threshold);
