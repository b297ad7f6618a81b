import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isList, objectAt, parseJson, stringAt, textOf, type Json, type JsonObject } from '../../tools/lib/json.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import { awsMetrics } from '../support/aws-metrics.ts';
import { repository } from '../support/engine/a-folder.ts';
import { resolvedStages } from '../support/engine/stages.ts';

const list = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
const folders = globSync('functions/*/', { cwd: repository }).map((path) => basename(path));
const path = join(repository, 'infra', 'dashboards.yaml');
const { resources } = resolveTemplate(readTemplate(path), { App: 'aviary', Stage: 'staging' });
const bodies = Object.entries(resources).map(([id, block]) => {
  const properties = objectAt(block, 'Properties');
  // The region is what CloudFormation alone knows.
  const text = stringAt(objectAt(properties, 'DashboardBody'), 'Fn::Sub') ?? '';
  return { id, name: properties['DashboardName'], text, body: parseJson(text.replaceAll('${!', '${')) };
});
const chartsOf = (body: Json): JsonObject[] =>
  list(objectAt({ body }, 'body')['widgets'])
    .filter((widget) => stringAt(widget, 'type') === 'metric')
    .map((widget) => objectAt(widget, 'properties'));

interface Look {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
}
/** What a line of a chart looks at: `[namespace, metric, name, value, …, options]`. */
function lookOf(line: Json): Look[] {
  const [namespace, metric, ...rest] = list(line);
  if (typeof namespace !== 'string' || typeof metric !== 'string') return [];
  const dimensions = rest.slice(0, -1).map(textOf);
  const pairs = dimensions.flatMap((name, at) => (at % 2 === 0 ? [[name, dimensions[at + 1] ?? '']] : []));
  return [{ namespace, metric, dimensions: Object.fromEntries(pairs) as Record<string, string> }];
}
const looks = bodies.flatMap(({ body }) => chartsOf(body).flatMap(({ metrics }) => list(metrics).flatMap(lookOf)));
const ours = looks.filter(({ namespace }) => namespace === 'aviary');

describe('the dashboards', () => {
  it('are three, in every stage but the local one', () => {
    expect(bodies.map(({ name }) => name)).toEqual([
      'aviary-overview-staging',
      'aviary-business-staging',
      'aviary-performance-staging',
    ]);
    expect(resolvedStages().map(({ name, nested }) => [name, nested['Dashboards'] !== undefined])).toEqual([
      ['local', false],
      ['staging', true],
      ['production', true],
    ]);
  });

  it('show every function', () => {
    for (const folder of folders) {
      const FunctionName = `aviary-${folder}-staging`;
      for (const metric of ['Invocations', 'Errors', 'Duration', 'Throttles']) {
        const found = looks.find((it) => it.metric === metric && it.dimensions['FunctionName'] === FunctionName);
        expect([metric, folder, found?.dimensions]).toEqual([
          metric,
          folder,
          { FunctionName, Resource: `${FunctionName}:live` },
        ]);
      }
    }
  });

  it('look at metrics that AWS gives under exactly these dimensions', () => {
    const others = looks.filter(({ namespace }) => namespace !== 'aviary');
    expect(others.length).toBeGreaterThan(folders.length);

    for (const { namespace, metric, dimensions } of others) {
      const known = awsMetrics.find((it) => it.namespace === namespace && it.metric === metric);
      expect([metric, known?.dimensions]).toEqual([metric, expect.arrayContaining([Object.keys(dimensions).sort()])]);
    }
  });

  it('look at our own as they are counted: by function and stage, under names that the source has', () => {
    const source = readFileSync(join(repository, 'layers/shared/src/observability/metrics.ts'), 'utf8');

    for (const { metric, dimensions } of ours) {
      expect(source).toContain(`'${metric}'`);
      expect(Object.keys(dimensions)).toEqual(['service', 'stage']);
      expect(folders).toContain(dimensions['service']);
      expect(dimensions['stage']).toBe('staging');
    }
  });

  it.each(['AuthenticationSuccessful', 'RateLimitExceeded', 'FeatureFlagEvaluations', 'SuccessCount', 'ErrorCount'])(
    'show %s',
    (metric) => {
      const searched = bodies.some(({ text }) => text.includes(`MetricName=\\"${metric}\\"`));

      expect(searched || ours.some((it) => it.metric === metric)).toBe(true);
    },
  );

  it('find the evaluations of flags by the dimensions that these are counted with', () => {
    expect(bodies.find(({ id }) => id === 'Business')?.text).toContain(
      `SEARCH('{aviary,flag,service,stage,value} MetricName=\\"FeatureFlagEvaluations\\" stage=\\"staging\\"', 'Sum', 300)`,
    );
  });

  it('keep within what CloudWatch takes: 500 widgets, 500 metrics in each and 2500 in all', () => {
    for (const { body } of bodies) {
      const counts = chartsOf(body).map(({ metrics }) => list(metrics).length);
      expect(counts.length).toBeLessThanOrEqual(500);
      expect(Math.max(...counts)).toBeLessThanOrEqual(500);
      expect(counts.reduce((all, count) => all + count, 0)).toBeLessThanOrEqual(2500);
    }
  });

  it('lay no chart over another', () => {
    for (const { body } of bodies) {
      const places = list(objectAt({ body }, 'body')['widgets']).map((it) =>
        JSON.stringify([objectAt({ it }, 'it')['x'], objectAt({ it }, 'it')['y']]),
      );
      expect(new Set(places).size).toBe(places.length);
    }
  });
});

describe('the budget', () => {
  const budgetOf = (overrides: Readonly<Record<string, string>>, stage = 'production'): JsonObject | undefined =>
    resolvedStages(overrides).find(({ name }) => name === stage)?.nested['Budget']?.['Budget'];
  const asked = { MonthlyBudget: '200', AlarmEmail: 'someone@example.com' };

  it('is not there unless it is asked for, and never in the local stage', () => {
    expect(budgetOf({})).toBeUndefined();
    expect(budgetOf(asked, 'local')).toBeUndefined();
  });

  it('is of what carries the tags of the stage, by the month', () => {
    expect(objectAt(budgetOf(asked), 'Properties')['Budget']).toMatchObject({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 200, Unit: 'USD' },
      FilterExpression: {
        And: [{ Tags: { Key: 'app', Values: ['aviary'] } }, { Tags: { Key: 'stage', Values: ['production'] } }],
      },
    });
  });

  it('tells the address of 80 % spent, and of a forecast of more than all', () => {
    const told = list(objectAt(budgetOf(asked), 'Properties')['NotificationsWithSubscribers']);

    expect(told.map((it) => objectAt(it, 'Notification'))).toMatchObject([
      { NotificationType: 'ACTUAL', Threshold: 80, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
      { NotificationType: 'FORECASTED', Threshold: 100, ThresholdType: 'PERCENTAGE' },
    ]);
    for (const it of told) {
      expect(objectAt({ it }, 'it')['Subscribers']).toEqual([
        { SubscriptionType: 'EMAIL', Address: 'someone@example.com' },
      ]);
    }
  });

  it('is refused without somebody to tell', () => {
    expect(() => budgetOf({ MonthlyBudget: '200' })).toThrow('MonthlyBudget tells somebody, so it needs AlarmEmail');
  });
});
