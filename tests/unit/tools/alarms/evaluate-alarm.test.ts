import { evaluateAlarm } from '../../../../tools/alarms/evaluate-alarm.ts';
import type { JsonObject } from '../../../../tools/lib/json.ts';
import type { Datapoint } from '../../../../tools/metrics/datapoint.ts';

const minute = 60_000;
const point = (
  at: number,
  value: number,
  name = 'Errors',
  dimensions: Record<string, string> = { F: 'f' },
): Datapoint => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions,
  at: at * minute,
  value,
  unit: 'Count',
});
const errors: JsonObject = {
  AlarmName: 'errors',
  Namespace: 'AWS/Lambda',
  MetricName: 'Errors',
  Dimensions: [{ Name: 'F', Value: 'f' }],
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  // As a parameter gives it.
  Threshold: '3',
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
};
const states = (alarm: JsonObject, points: Datapoint[], minutes: number): string[] =>
  evaluateAlarm(alarm, points, { from: 0, to: minutes * minute }).map(({ state }) => state);

describe('evaluateAlarm', () => {
  it('looks each minute at the five minutes before it, and falls back on older values where there are none', () => {
    const points = [point(0.5, 2), point(2.5, 2), point(9, 0)];
    const [ok, red] = ['OK', 'ALARM'];
    // Minutes 6 and 7 have the second errors alone; in minute 8 nothing is left but the five minutes before, with all four.
    expect(states(errors, points, 11)).toEqual([ok, ok, red, red, red, ok, ok, red, red, ok, ok]);
  });

  it('counts a metric with exactly its dimensions', () => {
    const others = [
      point(0.5, 9, 'Errors', { F: 'f', G: 'g' }),
      point(0.5, 9, 'Errors', {}),
      point(0.5, 9, 'Throttles'),
    ];
    expect(states(errors, others, 2)).toEqual(['OK', 'OK']);
  });

  it('takes M of N breaches, one after another or not', () => {
    const alarm = { ...errors, Period: 60, EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: 0 };
    const points = [point(0, 1), point(1, 0), point(2, 1), point(3, 0), point(4, 0)];
    expect(states(alarm, points, 5)).toEqual(['OK', 'OK', 'ALARM', 'OK', 'OK']);
  });

  it('takes a percentile', () => {
    const alarm = { ...errors, Statistic: 'p90', Threshold: 100 };
    const points = Array.from({ length: 10 }, (_, at) => point(0, at === 9 ? 900 : 90));
    expect(states(alarm, points, 1)).toEqual(['OK']);
    expect(states({ ...alarm, Statistic: 'p95' }, points, 1)).toEqual(['ALARM']);
  });

  it('evaluates metric math', () => {
    const stat = (Id: string, MetricName: string): JsonObject => ({
      Id,
      ReturnData: false,
      MetricStat: {
        Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: [{ Name: 'F', Value: 'f' }] },
        Stat: 'Sum',
        Period: 60,
      },
    });
    const alarm: JsonObject = {
      AlarmName: 'share',
      Metrics: [{ Id: 'share', Expression: '100 * e / i' }, stat('e', 'Errors'), stat('i', 'Invocations')],
      EvaluationPeriods: 1,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    };
    const points = [point(0, 1), point(0, 100, 'Invocations'), point(1, 9), point(1, 100, 'Invocations')];
    expect(states(alarm, points, 2)).toEqual(['OK', 'ALARM']);
  });

  it.each([
    ['an anomaly detector', { ...errors, ComparisonOperator: 'LessThanLowerThreshold' }],
    ['a property that it does not know', { ...errors, ThresholdMetricId: 'ad1' }],
    ['a statistic that it does not know', { ...errors, Statistic: 'tm90' }],
    ['a value that is not resolved', { ...errors, Threshold: { Ref: 'ErrorThreshold' } }],
    ['no statistic', Object.fromEntries(Object.entries(errors).filter(([key]) => key !== 'Statistic'))],
  ])('refuses %s', (_what, alarm) => {
    expect(() => evaluateAlarm(alarm, [], { from: 0, to: minute })).toThrow('The alarm errors cannot be evaluated');
  });
});
