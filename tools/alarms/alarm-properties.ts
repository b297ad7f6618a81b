import * as z from 'zod';
import { Failure } from '../lib/failure.ts';
import { stringAt, type JsonObject } from '../lib/json.ts';
import type { Metric } from '../metrics/datapoint.ts';

/** A series that a metric gives: `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, or a percentile such as `p99`. */
export interface MetricSeries {
  readonly metric: Metric;
  readonly statistic: string;
}

/** An alarm of CloudWatch, as far as it is evaluated here. */
export interface Alarm {
  readonly name: string;
  /** Id to what it stands for; an expression speaks of others by their ids. */
  readonly series: Readonly<Record<string, MetricSeries | { readonly expression: string }>>;
  /** The id of the series that is held against the threshold. */
  readonly watched: string;
  /** Seconds. */
  readonly period: number;
  /** So many of the latest periods are looked at. */
  readonly evaluationPeriods: number;
  /** So many of them have to breach. */
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly operator: Operator;
  readonly missing: MissingData;
}

export type Operator = (typeof operators)[number];
export type MissingData = (typeof treatments)[number];

const operators = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;
const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

// A parameter that was resolved is a text.
const number = z.union([z.number(), z.string().trim().min(1)]).pipe(z.coerce.number());
const text = z.string().min(1);
const statistic = z.string().regex(/^(Sum|Average|Minimum|Maximum|SampleCount|p(100|\d{1,2}(\.\d+)?))$/);
const dimensions = z.array(z.strictObject({ Name: text, Value: text })).default([]);

const common = {
  AlarmName: text,
  AlarmDescription: text.optional(),
  // What it does when its state changes is not evaluated.
  AlarmActions: z.unknown().optional(),
  OKActions: z.unknown().optional(),
  InsufficientDataActions: z.unknown().optional(),
  ActionsEnabled: z.unknown().optional(),
  Tags: z.unknown().optional(),
  EvaluationPeriods: number,
  DatapointsToAlarm: number.optional(),
  Threshold: number,
  ComparisonOperator: z.enum(operators),
  TreatMissingData: z.enum(treatments).default('missing'),
};

const ofMetric = z.strictObject({
  ...common,
  Namespace: text,
  MetricName: text,
  Dimensions: dimensions,
  Statistic: statistic.optional(),
  ExtendedStatistic: statistic.optional(),
  Period: number,
  Unit: z.unknown().optional(),
});

const query = z.strictObject({
  Id: text,
  Label: text.optional(),
  ReturnData: z.boolean().default(true),
  Period: number.optional(),
  Expression: text.optional(),
  MetricStat: z
    .strictObject({
      Metric: z.strictObject({ Namespace: text, MetricName: text, Dimensions: dimensions }),
      Stat: statistic,
      Period: number,
      Unit: z.unknown().optional(),
    })
    .optional(),
});

const ofMath = z.strictObject({ ...common, Metrics: z.array(query).min(1) });

/**
 * Reads the properties of an `AWS::CloudWatch::Alarm`, resolved for a stage.
 * @throws Failure for what is not known here, such as an anomaly detector
 */
export function readAlarm(properties: JsonObject): Alarm {
  const schema = 'Metrics' in properties ? ofMath : ofMetric;
  const { data, error } = schema.safeParse(properties);
  if (data === undefined) {
    const [issue] = error.issues;
    throw new Failure(
      `The alarm ${stringAt(properties, 'AlarmName') ?? 'without a name'} cannot be evaluated: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
      'Write it in terms that tools/alarms/alarm-properties.ts knows, or add what is missing there.',
    );
  }
  const rest = {
    name: data.AlarmName,
    evaluationPeriods: data.EvaluationPeriods,
    datapointsToAlarm: data.DatapointsToAlarm ?? data.EvaluationPeriods,
    threshold: data.Threshold,
    operator: data.ComparisonOperator,
    missing: data.TreatMissingData,
  };
  if ('Metrics' in data) return { ...rest, ...seriesOf(data.AlarmName, data.Metrics) };
  const chosen = data.Statistic ?? data.ExtendedStatistic;
  if (chosen === undefined) throw unknown(data.AlarmName, 'it has no statistic');
  return { ...rest, series: { m: { metric: metricOf(data), statistic: chosen } }, watched: 'm', period: data.Period };
}

function seriesOf(
  name: string,
  queries: readonly z.infer<typeof query>[],
): Pick<Alarm, 'series' | 'watched' | 'period'> {
  const watched = queries.filter(({ ReturnData }) => ReturnData);
  const periods = new Set(
    queries.flatMap(({ Period, MetricStat }) => [Period, MetricStat?.Period].filter((it) => it !== undefined)),
  );
  const [period] = periods;
  if (watched.length !== 1 || watched[0] === undefined) throw unknown(name, 'not one of its metrics has ReturnData');
  if (periods.size !== 1 || period === undefined) throw unknown(name, 'its metrics have not one period');
  const series = queries.map(({ Id, Expression: expression, MetricStat }) => {
    if (expression !== undefined) return [Id, { expression }] as const;
    if (MetricStat === undefined) throw unknown(name, `${Id} is neither a metric nor an expression`);
    return [Id, { metric: metricOf(MetricStat.Metric), statistic: MetricStat.Stat }] as const;
  });
  return { series: Object.fromEntries<Alarm['series'][string]>(series), watched: watched[0].Id, period };
}

interface NamedMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

function metricOf({ Namespace, MetricName, Dimensions }: NamedMetric): Metric {
  const pairs = Dimensions.map(({ Name, Value }) => [Name, Value] as const);
  return { namespace: Namespace, name: MetricName, dimensions: Object.fromEntries(pairs) };
}

const unknown = (name: string, why: string): Failure =>
  new Failure(`The alarm ${name} cannot be evaluated: ${why}.`, 'Mend it in the template.');
