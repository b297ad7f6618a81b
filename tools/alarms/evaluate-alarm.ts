import type { JsonObject } from '../lib/json.ts';
import { metricKey, type Datapoint } from '../metrics/datapoint.ts';
import type { Span } from '../metrics/read-local-metrics.ts';
import { statisticOf } from '../metrics/statistic.ts';
import { readAlarm, type Alarm } from './alarm-properties.ts';
import { judgePeriods, periodsRead, type AlarmState } from './judge-periods.ts';
import { readExpression, type Value } from './metric-math.ts';

/** The state of an alarm from a moment on, in milliseconds since 1970. */
export interface Evaluation {
  readonly at: number;
  readonly state: AlarmState;
}

const minute = 60_000;

/**
 * What an alarm makes of datapoints: its state at the end of each minute of the span, as CloudWatch evaluates an alarm each
 * minute over the periods that end then. (CloudWatch User Guide, "Alarm evaluation": a period of five minutes is
 * evaluated over minutes 1 to 5, then over 2 to 6.) It begins with INSUFFICIENT_DATA, as a new alarm does.
 * @param alarm the properties of an `AWS::CloudWatch::Alarm`, resolved for a stage
 * @param datapoints of any metrics, in any order; also from before the span
 * @throws Failure for an alarm that cannot be evaluated here
 */
export function evaluateAlarm(alarm: JsonObject, datapoints: readonly Datapoint[], { from, to }: Span): Evaluation[] {
  const read = readAlarm(alarm);
  const value = valuesOf(read, datapoints);
  const evaluations: Evaluation[] = [];
  let state: AlarmState = 'INSUFFICIENT_DATA';
  for (let at = from + minute; at <= to; at += minute) {
    const ends = Array.from({ length: periodsRead(read) }, (_, back) => at - back * read.period * 1000).reverse();
    state = judgePeriods(read, ends.map(value), state);
    evaluations.push({ at, state });
  }
  return evaluations;
}

/** The value of what the alarm watches, in the period that ends at a moment. */
function valuesOf({ series, watched, period }: Alarm, datapoints: readonly Datapoint[]): (end: number) => Value {
  const byMetric = Map.groupBy(datapoints, metricKey);
  const looks = Object.entries(series).map(([id, it]): readonly [string, (end: number) => Value] => {
    if ('expression' in it) {
      const expression = readExpression(it.expression);
      return [id, (end) => expression((other) => look.get(other)?.(end))];
    }
    const all = byMetric.get(metricKey(it.metric)) ?? [];
    return [
      id,
      (end) => {
        const within = all.filter(({ at }) => at >= end - period * 1000 && at < end);
        const values = within.map(({ value }) => value);
        return statisticOf(it.statistic, values);
      },
    ];
  });
  const look = new Map(looks);
  return (end) => look.get(watched)?.(end);
}
