import type { Json, JsonObject } from '../lib/json.ts';
import type { Dashboard, Series, Widget } from './dashboard.ts';

/** CloudWatch divides a dashboard into 24 columns. */
const columns = 3;
const width = 24 / columns;
const height = 6;
/** Seconds, as most alarms look at; CloudWatch keeps them for 63 days. */
const period = 300;

/**
 * A dashboard as CloudWatch wants it, with `${App}`, `${Stage}` and `${AWS::Region}` for `Fn::Sub`. (CloudWatch API
 * Reference, "Dashboard body structure and syntax".)
 */
export function cloudWatchBody({ about, widgets }: Dashboard): JsonObject {
  const heading = { type: 'text', x: 0, y: 0, width: 24, height: 1, properties: { markdown: `**${about}**` } };
  return { start: '-PT3H', widgets: [heading, ...widgets.map(chart)] };
}

function chart({ title, unit, series }: Widget, at: number): JsonObject {
  return {
    type: 'metric',
    x: (at % columns) * width,
    y: 1 + Math.floor(at / columns) * height,
    width,
    height,
    properties: {
      title,
      region: '${AWS::Region}',
      view: 'timeSeries',
      period,
      yAxis: { left: { label: unit, min: 0, showUnits: false } },
      metrics: series.map(line),
    },
  };
}

function line({ label, namespace, metric, dimensions, by, statistic }: Series): Json {
  if (by !== undefined) {
    // `Fn::Sub` leaves what begins with an exclamation mark to CloudWatch.
    const named = by.map((name) => `\${!PROP('Dim.${name}')}`).join(', ');
    return [{ expression: search(namespace, metric, dimensions, by, statistic), label: named }];
  }
  return [namespace, metric, ...Object.entries(dimensions).flat(), { stat: statistic, label }];
}

/** Every metric of the name that has these dimensions and some more. (CloudWatch User Guide, "Search expressions".) */
function search(
  namespace: string,
  metric: string,
  dimensions: Readonly<Record<string, string>>,
  by: readonly string[],
  statistic: string,
): string {
  const schema = [namespace, ...[...Object.keys(dimensions), ...by].sort()].join(',');
  const held = Object.entries(dimensions).map(([name, value]) => `${name}="${value}"`);
  return `SEARCH('{${schema}} MetricName="${metric}" ${held.join(' ')}', '${statistic}', ${period})`;
}
