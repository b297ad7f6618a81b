import type { Line } from '../charts/line-chart.ts';
import type { Datapoint } from '../metrics/datapoint.ts';
import { statisticOf } from '../metrics/statistic.ts';
import type { Dashboard, DashboardName, Series } from './dashboard.ts';

/** The numbers that a dashboard shows of a span of time. */
export interface Figures {
  readonly dashboard: DashboardName;
  readonly about: string;
  /** Milliseconds since 1970; the end is not in it. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds that each point sums up, of which `at` is the beginning. */
  readonly step: number;
  readonly widgets: readonly { readonly title: string; readonly unit: string; readonly lines: readonly Line[] }[];
  /** Titles of the charts for which an account alone has figures. */
  readonly inAccount: readonly string[];
}

export interface FiguresOptions {
  /** What `${App}` and `${Stage}` stand for. */
  readonly names: Readonly<Record<string, string>>;
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** Works out what a dashboard shows; a line without a value is left out. */
export function figuresOf(
  { name, about, widgets }: Dashboard,
  datapoints: readonly Datapoint[],
  options: FiguresOptions,
): Figures {
  const { from, to, step } = options;
  const shown = widgets.map(({ title, unit, series }) => ({
    title,
    unit,
    lines: series.flatMap((it) => linesOf(it, datapoints, options)),
  }));
  return { dashboard: name, about, from, to, step, widgets: shown, inAccount: [] };
}

function linesOf(series: Series, datapoints: readonly Datapoint[], { names, from, to, step }: FiguresOptions): Line[] {
  const fill = (text: string): string => text.replace(/\$\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
  const held = Object.entries(series.dimensions).map(([name, value]) => [name, fill(value)] as const);
  const by = series.by ?? [];
  const mine = datapoints.filter(
    ({ namespace, name, dimensions, at }) =>
      namespace === fill(series.namespace) &&
      name === series.metric &&
      Object.keys(dimensions).length === held.length + by.length &&
      held.every(([key, value]) => dimensions[key] === value) &&
      by.every((key) => dimensions[key] !== undefined) &&
      at >= from &&
      at < to,
  );
  const groups = Map.groupBy(mine, ({ dimensions }) => by.map((key) => dimensions[key]).join(', '));
  return [...groups].map(([group, points]) => ({
    label: group === '' ? series.label : group,
    points: pointsOf(points, series.statistic, from, step),
  }));
}

function pointsOf(datapoints: readonly Datapoint[], statistic: string, from: number, step: number): Line['points'] {
  const steps = Map.groupBy(datapoints, ({ at }) => Math.floor((at - from) / step));
  return [...steps]
    .sort(([a], [b]) => a - b)
    .flatMap(([at, inStep]) => {
      const value = statisticOf(
        statistic,
        inStep.map((it) => it.value),
      );
      return value === undefined ? [] : [{ at: from + at * step, value }];
    });
}
