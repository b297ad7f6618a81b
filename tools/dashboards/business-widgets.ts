import type { Subject } from '../alarms/find-subjects.ts';
import type { Series, Widget } from './dashboard.ts';

/** What a function counts: its name, the metric, what the line is called. */
type Counted = readonly [service: string, metric: string, label: string, statistic?: Series['statistic']];

interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Counted[];
}

/** The metrics are those of layers/shared/src/observability/metrics.ts. */
const charts: readonly Chart[] = [
  { title: 'Orders placed', unit: 'orders', lines: [['orders', 'OrdersCreated', 'orders']] },
  {
    title: 'From placed to shipped',
    unit: 'ms',
    lines: [
      ['orders', 'OrderProcessingTime', 'half are faster', 'p50'],
      ['orders', 'OrderProcessingTime', '19 of 20 are faster', 'p95'],
    ],
  },
  {
    title: 'Orders counted and told of',
    unit: 'orders',
    lines: [
      ['order-stream', 'OrdersCounted', 'counted'],
      ['order-stream', 'LateOrders', 'late'],
      ['order-stream', 'HighValueOrders', 'of unusual value'],
    ],
  },
  { title: 'Active users', unit: 'users', lines: [['user-activity', 'ActiveUsers', 'users']] },
  { title: 'New users', unit: 'users', lines: [['users', 'UsersCreated', 'users']] },
  {
    title: 'Who was let in',
    unit: 'callers',
    lines: [
      ['authorizer', 'AuthenticationSuccessful', 'let in'],
      ['authorizer', 'AuthenticationRefused', 'refused'],
    ],
  },
  {
    title: 'What somebody tries',
    unit: 'events',
    lines: [
      ['security-events', 'AuthenticationFailed', 'failed authentications'],
      ['security-events', 'RateLimitExceeded', 'limits exceeded'],
      ['security-events', 'SuspiciousActivity', 'suspicious activity'],
    ],
  },
  { title: 'Mails', unit: 'mails', lines: [['notifications', 'MailsSent', 'sent']] },
];

/** What the business asks of a stage: a chart is there as far as the functions are that count for it. */
export function businessWidgets(subjects: readonly Subject[]): Widget[] {
  const services = new Set(subjects.filter(({ kinds }) => kinds.includes('function')).map(({ name }) => name));
  const counting = charts.map(({ title, unit, lines }) => ({
    title,
    unit,
    series: lines.filter(([service]) => services.has(service)).map(countedBy),
  }));
  return [
    ...counting,
    {
      title: 'Evaluations of feature flags',
      unit: 'times',
      series: [
        {
          label: 'flags',
          namespace: '${App}',
          metric: 'FeatureFlagEvaluations',
          dimensions: { stage: '${Stage}' },
          by: ['flag', 'service', 'value'],
          statistic: 'Sum',
        },
      ],
    },
  ];
}

function countedBy([service, metric, label, statistic = 'Sum']: Counted): Series {
  return { label, namespace: '${App}', metric, dimensions: { service, stage: '${Stage}' }, statistic };
}
