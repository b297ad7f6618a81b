import { join } from 'node:path';
import { subjectsOf } from '../generate/render-alarms.ts';
import { stringsOf } from '../lib/json.ts';
import { readLocalMetrics } from '../metrics/read-local-metrics.ts';
import type { Connection } from '../stack/connection.ts';
import { readTemplate } from '../template/read-template.ts';
import { resolveTemplate } from '../template/resolve-template.ts';
import type { DashboardName, Series, Widget } from './dashboard.ts';
import { figuresOf, type Figures } from './figures.ts';
import { makeDashboards } from './make-dashboards.ts';

/** Milliseconds that a point sums up, and how many points there are: the last 20 minutes. */
const step = 20_000;
const steps = 60;

/** What `readLocalMetrics` can make; of the gateway, of tables and of the age of records the local cloud tells nothing. */
function isGivenLocally({ namespace, metric }: Series): boolean {
  if (namespace === 'AWS/Lambda') return metric !== 'IteratorAge';
  return namespace === '${App}' || metric === 'ApproximateNumberOfMessagesVisible';
}

/**
 * What a dashboard shows of the last 20 minutes of the local cloud, in steps of 20 seconds.
 * @param now milliseconds since 1970
 * @throws Failure as `readLocalMetrics`
 */
export async function localFigures(connection: Connection, name: DashboardName, now: number): Promise<Figures> {
  const to = Math.ceil((now + 1) / step) * step;
  const from = to - steps * step;
  const dashboard = makeDashboards(subjectsOf(connection.root)).find((it) => it.name === name);
  if (dashboard === undefined) throw new Error(`There is no dashboard ${name}`);
  const isLocal = ({ series }: Widget): boolean => series.every(isGivenLocally);
  const widgets = dashboard.widgets.filter(isLocal);
  const datapoints = await readLocalMetrics(connection, { from, to });
  const options = { names: stageNames(connection), from, to, step };
  const inAccount = dashboard.widgets.filter((it) => !isLocal(it)).map(({ title }) => title);
  return { ...figuresOf({ ...dashboard, widgets }, datapoints, options), inAccount };
}

/** What `${App}` and `${Stage}` are in a stage. @throws Failure as `resolveTemplate` */
export function stageNames({ root, stage }: Pick<Connection, 'root' | 'stage'>): Record<string, string> {
  const template = readTemplate(join(root, 'template.yaml'), 'template.yaml');
  return stringsOf(resolveTemplate(template, stage.parameters).parameters);
}
