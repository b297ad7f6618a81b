import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { Order } from '../../functions/orders/order.ts';
import type { Figures } from '../../tools/dashboards/figures.ts';
import { objectAt, textOf, type JsonObject } from '../../tools/lib/json.ts';
import type { Datapoint } from '../../tools/metrics/datapoint.ts';
import { readLocalMetrics } from '../../tools/metrics/read-local-metrics.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import { aviaryJson, AviaryProcess } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';
import { repository } from '../support/cloud.ts';
import type { Api } from '../support/http.ts';
import { logLines, type LogLine } from '../support/http-logs.ts';
import { aLogin, aSecurityEvent } from '../support/runtime/an-activity.ts';
import { aLine } from '../support/runtime/an-order.ts';
import { eventually } from '../support/runtime/eventually.ts';

/** infra/alarms.yaml, as if the local stage had it. */
const resources = Object.values(
  resolveTemplate(readTemplate(join(repository, 'infra', 'alarms.yaml')), {
    ...{ App: 'aviary', Stage: 'local', Repository: 'birds/aviary', Waf: 'off', CacheName: '', CacheNodes: '0' },
    ...{ CriticalTopicArn: 'critical', WarningTopicArn: 'warning', InfoTopicArn: 'info' },
    ...{ ErrorThreshold: '5', DurationThreshold: '10000' },
  }).resources,
).map((block) => ({ type: block['Type'], ...objectAt(block, 'Properties') }) as JsonObject);
const dimensionsOf = (alarm: JsonObject): Record<string, string> =>
  Object.fromEntries(
    (alarm['Dimensions'] as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]),
  );
const filtered = resources
  .filter(({ type }) => type === 'AWS::Logs::MetricFilter')
  .flatMap(({ MetricTransformations }) =>
    (MetricTransformations as { MetricName: string }[]).map((it) => it.MetricName),
  );
const alarms = resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm');

describe('what the local stage counts', () => {
  const stage = useStage();
  let api: Api;
  let datapoints: readonly Datapoint[];

  const put = async (stream: string, ...data: unknown[]): Promise<void> => {
    const Records = data.map((it) => ({ PartitionKey: randomUUID(), Data: Buffer.from(JSON.stringify(it)) }));
    const client = new KinesisClient(stage().client);
    await client.send(new PutRecordsCommand({ StreamName: `aviary-${stream}-local`, Records }));
    client.destroy();
  };
  const read = (): Promise<Datapoint[]> => readLocalMetrics(stage().connection, { from: 0, to: Date.now() + 60_000 });
  const countedBy = (service: string, name: string): Datapoint[] =>
    datapoints.filter((it) => it.name === name && it.dimensions['service'] === service);
  /** What is to be seen in the end: who counts, and what. */
  const wanted = [
    ['users', 'ErrorCount'],
    ['users', 'SuccessCount'],
    ['users', 'ClientErrorCount'],
    ['users', 'UsersCreated'],
    ['orders', 'OrdersCreated'],
    ['orders', 'OrderProcessingTime'],
    ['authorizer', 'AuthenticationSuccessful'],
    ['authorizer', 'AuthenticationRefused'],
    ['user-activity', 'ActiveUsers'],
    ['user-activity', 'RecordsParked'],
    ['security-events', 'AuthenticationFailed'],
    ['security-events', 'RateLimitExceeded'],
    ['security-events', 'SuspiciousActivity'],
    ['security-events', 'FeatureFlagEvaluations'],
    ['notifications', 'MailsSent'],
  ] as const;

  beforeAll(async () => {
    api = await stage().api();
    const body = { email: `${randomUUID()}@example.com`, name: 'Ada' };
    const userId = (await api<{ id: string }>('POST', '/users', { body })).body.data.id;
    await api('GET', '/users?limit=none');
    const order = { userId, lines: [aLine()] };
    const { id } = (await api<Order>('POST', '/orders', { body: order })).body.data;
    await api('POST', `/orders/${id}/pay`);
    await api('POST', `/orders/${id}/ship`);
    await api('GET', '/users', { headers: { authorization: 'Bearer none' } });
    await put('user-activity', aLogin({ occurredAt: new Date().toISOString() }), { ...aLogin(), schemaVersion: 99 });
    await put(
      'security-events',
      ...(['authenticationFailed', 'rateLimitExceeded', 'suspiciousActivity'] as const).map((type) =>
        aSecurityEvent({ type }),
      ),
    );
    const seen = (all: readonly Datapoint[], [service, name]: readonly [string, string]): boolean =>
      all.some((it) => it.name === name && it.dimensions['service'] === service);
    await eventually(read, (all) => wanted.slice(1).every((it) => seen(all, it)));
    // Last, since nothing works afterwards.
    const tables = new DynamoDBClient(stage().client);
    await tables.send(new DeleteTableCommand({ TableName: 'aviary-main-local' }));
    tables.destroy();
    await api('GET', `/users/${randomUUID()}`);
    await api('GET', '/health');
    datapoints = await eventually(read, (all) => wanted.every((it) => seen(all, it)));
  });

  it.each(wanted)('is by %s the metric %s', (service, name) => {
    expect(countedBy(service, name)).not.toEqual([]);
  });

  it('is what alarms look at, under exactly their namespace and dimensions', () => {
    const looked = alarms.filter(
      (alarm) =>
        alarm['Namespace'] === 'aviary' &&
        wanted.some(([service, name]) => name === alarm['MetricName'] && service === dimensionsOf(alarm)['service']),
    );

    expect(looked.map(({ MetricName }) => MetricName).sort()).toEqual([
      'AuthenticationFailed',
      'ErrorCount',
      'RateLimitExceeded',
      'RecordsParked',
      'SuspiciousActivity',
    ]);
    for (const alarm of looked) {
      const { service = '' } = dimensionsOf(alarm);
      const counted = countedBy(service, textOf(alarm['MetricName'] ?? ''));
      expect(counted.map(({ namespace, dimensions }) => ({ namespace, dimensions }))).toContainEqual({
        namespace: alarm['Namespace'],
        dimensions: dimensionsOf(alarm),
      });
    }
  });

  it('has a name that every alarm on a metric of ours knows, of those that are counted or filtered', () => {
    const names = new Set([...wanted.map(([, name]) => name), ...filtered]);
    const ours = alarms.filter(({ Namespace }) => Namespace === 'aviary').map(({ MetricName }) => MetricName);

    expect(ours.filter((name) => !names.has(textOf(name ?? '')))).toEqual([]);
  });

  it.each([
    ['user-activity', 'RECORD_NEWER'],
    ['health', 'DEPENDENCY_DOWN'],
  ])('has lines of %s with the code %s, which a filter can count by service and stage', async (name, code) => {
    const lines = await eventually(
      () => logLines(stage().cloud.endpoint, `/aws/lambda/aviary-${name}-local`),
      (all: readonly LogLine[]) => all.some((line) => line['log_code'] === code),
    );

    expect(lines.find((line) => line['log_code'] === code)).toMatchObject({ service: name, stage: 'local' });
  });

  it('is what the dashboard shows as data', async () => {
    const { widgets, inAccount } = await aviaryJson<Figures>(stage().clone.root, ['dashboard', 'business']);
    const linesOf = (title: string): string[] =>
      widgets.find((it) => it.title === title)?.lines.map(({ label }) => label) ?? [];

    expect(linesOf('Orders placed')).toEqual(['orders']);
    expect(linesOf('From placed to shipped')).toEqual(['half are faster', '19 of 20 are faster']);
    expect(linesOf('Evaluations of feature flags')).toContain('enable_security_monitoring, security-events, on');
    expect(inAccount).toEqual([]);
  });

  it('is what the dashboard draws, on a page that ends with its command', async () => {
    const command = new AviaryProcess(stage().clone.root, ['dashboard']);
    const address = await eventually(
      () => Promise.resolve(/http:\S+/.exec(command.stdout)?.[0] ?? ''),
      (url) => url !== '',
    );

    const page = await (await fetch(address)).text();
    const part = await fetch(address.replace('/overview', '/business/figures'));
    const unknown = await fetch(address.replace('/overview', '/other'));
    command.child.kill('SIGINT');

    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/overview$/);
    expect(page).toContain('aria-label="Failed in functions, in times"');
    expect(await part.text()).toMatch(/^<figure><figcaption>Orders placed/);
    expect(unknown.status).toBe(404);
    expect((await command.outcome).code).toBe(0);
  });
});
