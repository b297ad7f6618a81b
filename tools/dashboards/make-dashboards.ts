import type { Subject } from '../alarms/find-subjects.ts';
import type { SubjectKind } from '../alarms/alarm-rule.ts';
import { api, counted, live } from '../alarms/rule-parts.ts';
import { businessWidgets } from './business-widgets.ts';
import type { Dashboard, Series, Widget } from './dashboard.ts';

type Statistic = Series['statistic'];
type Look = Pick<Series, 'namespace' | 'dimensions'>;

const queue = { namespace: 'AWS/SQS', dimensions: { QueueName: '${App}-{name}-${Stage}' } };
const table = { namespace: 'AWS/DynamoDB', dimensions: { TableName: '${App}-{table}-${Stage}' } };

/**
 * The three dashboards of a stage that has these things; what a new function gives is in them. The console and the local
 * page draw the same ones.
 */
export function makeDashboards(subjects: readonly Subject[]): Dashboard[] {
  /** A line for each subject of some kinds. */
  const each = (kinds: readonly SubjectKind[], look: Look, metric: string, statistic: Statistic): Series[] =>
    subjects
      .filter((subject) => subject.kinds.some((kind) => kinds.includes(kind)))
      .map((subject) => seriesOf(subject, look, metric, statistic));
  const ofApi = (label: string, metric: string, statistic: Statistic): Series[] =>
    subjects.some(({ kinds }) => kinds.includes('api')) ? [{ ...api, label, metric, statistic }] : [];
  const functions = ['function'] as const;

  const overview: Widget[] = [
    { title: 'Requests of the API', unit: 'requests', series: ofApi('requests', 'Count', 'Sum') },
    {
      title: 'What the API refuses and fails at',
      unit: 'answers',
      series: [...ofApi('400 to 499', '4XXError', 'Sum'), ...ofApi('500 and above', '5XXError', 'Sum')],
    },
    {
      title: 'Latency of the API',
      unit: 'ms',
      series: [...ofApi('half are faster', 'Latency', 'p50'), ...ofApi('19 of 20 are faster', 'Latency', 'p95')],
    },
    { title: 'Handled by functions', unit: 'times', series: each(functions, counted, 'SuccessCount', 'Sum') },
    { title: 'Refused by functions', unit: 'times', series: each(functions, counted, 'ClientErrorCount', 'Sum') },
    { title: 'Failed in functions', unit: 'times', series: each(functions, counted, 'ErrorCount', 'Sum') },
    { title: 'Invocations', unit: 'times', series: each(functions, live, 'Invocations', 'Sum') },
    { title: 'Invocations that failed', unit: 'times', series: each(functions, live, 'Errors', 'Sum') },
    {
      title: 'Messages in queues',
      unit: 'messages',
      series: each(['dead-letters', 'queue'], queue, 'ApproximateNumberOfMessagesVisible', 'Maximum'),
    },
  ];
  const performance: Widget[] = [
    { title: 'Duration, half are faster', unit: 'ms', series: each(functions, live, 'Duration', 'p50') },
    { title: 'Duration, 19 of 20 are faster', unit: 'ms', series: each(functions, live, 'Duration', 'p95') },
    { title: 'Throttled', unit: 'times', series: each(functions, live, 'Throttles', 'Sum') },
    { title: 'Age of records of streams', unit: 'ms', series: each(['reader'], live, 'IteratorAge', 'Maximum') },
    {
      title: 'Age of the oldest message',
      unit: 's',
      series: each(['queue'], queue, 'ApproximateAgeOfOldestMessage', 'Maximum'),
    },
    {
      title: 'Reads of tables',
      unit: 'units',
      series: each(['table'], table, 'ConsumedReadCapacityUnits', 'Sum'),
    },
    {
      title: 'Writes to tables',
      unit: 'units',
      series: each(['table'], table, 'ConsumedWriteCapacityUnits', 'Sum'),
    },
    {
      title: 'Refused by tables',
      unit: 'times',
      series: [
        ...each(['table'], table, 'ReadThrottleEvents', 'Sum'),
        ...each(['table'], table, 'WriteThrottleEvents', 'Sum'),
      ],
    },
  ];
  return [
    { name: 'overview', about: 'Is it well?', widgets: overview.filter(hasSeries) },
    { name: 'business', about: 'What is it used for?', widgets: businessWidgets(subjects).filter(hasSeries) },
    {
      name: 'performance',
      about: 'Where is it slow, and where does it reach a limit?',
      widgets: performance.filter(hasSeries),
    },
  ];
}

const hasSeries = ({ series }: Widget): boolean => series.length > 0;

function seriesOf(
  { name, values }: Subject,
  { namespace, dimensions }: Look,
  metric: string,
  statistic: Statistic,
): Series {
  const filled = Object.entries(dimensions).map(
    ([key, text]) => [key, text.replace('{name}', name).replace('{table}', values['table'] ?? name)] as const,
  );
  const label = metric.startsWith('Write') ? `${name}, writes` : metric.startsWith('Read') ? `${name}, reads` : name;
  return { namespace, metric, statistic, label, dimensions: Object.fromEntries(filled) };
}
