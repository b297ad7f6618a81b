/** The dashboards, in the order of their names on a page. */
export const dashboardNames = ['overview', 'business', 'performance'] as const;
export type DashboardName = (typeof dashboardNames)[number];

/** One line of a chart. In its texts `${App}` and `${Stage}` stand for those of the stage. */
export interface Series {
  readonly label: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Further dimensions, of which each value that there is gives a line of its own. */
  readonly by?: readonly string[];
  readonly statistic: 'Sum' | 'Average' | 'Maximum' | 'p50' | 'p95';
}

/** A chart. */
export interface Widget {
  readonly title: string;
  /** What its numbers are, such as `requests` and `ms`. */
  readonly unit: string;
  readonly series: readonly Series[];
}

export interface Dashboard {
  readonly name: DashboardName;
  /** A sentence on what it answers. */
  readonly about: string;
  readonly widgets: readonly Widget[];
}
