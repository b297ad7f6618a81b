import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { objectAt, stringAt, type JsonObject } from '../../tools/lib/json.ts';
import { repository } from '../support/engine/a-folder.ts';
import { alarmsOf, dimensionsOf, inAccount, list, propertiesOf, withOptions } from '../support/engine/stage-alarms.ts';
import { resolvedStages, type ResolvedStage } from '../support/engine/stages.ts';

const folders = globSync('functions/*/', { cwd: repository })
  .map((path) => basename(path))
  .sort();

/** The one alarm on a metric of something. */
function alarmOn(stage: ResolvedStage, metric: string, dimensions: Record<string, unknown>): JsonObject {
  const found = alarmsOf(stage).filter(
    (it) => it['MetricName'] === metric && JSON.stringify(dimensionsOf(it)) === JSON.stringify(dimensions),
  );
  expect([metric, dimensions, found.length]).toEqual([metric, dimensions, 1]);
  return found[0] ?? {};
}
/** Names of the resources of a type in the root and in the nested stacks. */
const namesOf = ({ root, nested }: ResolvedStage, type: string, property: string): string[] =>
  [root, ...Object.values(nested)]
    .flatMap((resources) => Object.values(resources))
    .filter(({ Type }) => Type === type)
    .flatMap((block) => stringAt(propertiesOf(block), property) ?? []);

/** What Lambda calls the alias of a function by. */
const liveOf = (folder: string, stage: string): Record<string, string> => {
  const FunctionName = `aviary-${folder}-${stage}`;
  // CodeDeploy asks a hook by its name, and so not by its alias.
  return folder === 'traffic-hook' ? { FunctionName } : { FunctionName, Resource: `${FunctionName}:live` };
};
const above = (Threshold: unknown, Statistic: unknown = 'Sum'): unknown =>
  expect.objectContaining({ Statistic, Threshold, Period: 300, ComparisonOperator: 'GreaterThanThreshold' });
const value = (stage: ResolvedStage, staging: number, production: number): number =>
  stage.name === 'production' ? production : staging;

describe.each(inAccount)('the alarms of $name', (stage) => {
  const { name } = stage;

  it('are of every function, but of one that fails to refuse: errors of what callers get', () => {
    for (const folder of folders.filter((it) => it !== 'authorizer')) {
      expect(alarmOn(stage, 'Errors', liveOf(folder, name))).toEqual(above(value(stage, 5, 3)));
    }
  });

  it('are of every function: slowness and throttles of what callers get', () => {
    for (const folder of folders) {
      const live = liveOf(folder, name);
      expect(alarmOn(stage, 'Duration', live)).toMatchObject({
        ExtendedStatistic: 'p95',
        Threshold: value(stage, 10_000, 8000),
        ComparisonOperator: 'GreaterThanThreshold',
      });
      expect(alarmOn(stage, 'Throttles', live)).toMatchObject({
        Statistic: 'Sum',
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      });
    }
  });

  it('are named as flags and canaries ask for them, one of each function', () => {
    const names = alarmsOf(stage).map(({ AlarmName }) => AlarmName);

    expect(names.filter((it) => it.endsWith(`-errors-${name}`)).sort()).toEqual(
      folders.map((folder) => `aviary-${folder}-errors-${name}`),
    );
  });

  it('tell of an authorizer what no bad token sets off', () => {
    expect(alarmsOf(stage).find(({ AlarmName }) => AlarmName === `aviary-authorizer-errors-${name}`)).toMatchObject({
      Namespace: 'AWS/ApiGateway',
      MetricName: '5XXError',
      Threshold: value(stage, 5, 3),
    });
  });

  it('are of the requests that functions answer with 500 and above, which Lambda takes for success', () => {
    const answering = Object.values(stage.root).filter((block) =>
      Object.values(objectAt(propertiesOf(block), 'Events')).some((event) => stringAt(event, 'Type') === 'Api'),
    );

    expect(answering.length).toBeGreaterThan(0);
    for (const block of answering) {
      const service = basename(stringAt(propertiesOf(block), 'CodeUri') ?? '');
      expect(alarmOn(stage, 'ErrorCount', { service, stage: name })).toEqual(above(value(stage, 5, 3)));
    }
  });

  it('are of the age of what each reader of a stream gets', () => {
    const readers = Object.values(stage.root).filter((block) =>
      Object.values(objectAt(propertiesOf(block), 'Events')).some((event) =>
        ['Kinesis', 'DynamoDB'].includes(stringAt(event, 'Type') ?? ''),
      ),
    );

    expect(readers.length).toBeGreaterThan(0);
    for (const block of readers) {
      const FunctionName = stringAt(propertiesOf(block), 'FunctionName');
      const alarm = alarmOn(stage, 'IteratorAge', { FunctionName, Resource: `${FunctionName ?? ''}:live` });
      expect(alarm).toEqual(above(300_000, 'Maximum'));
    }
  });

  it('are of every queue: of dead letters that there are any, of others that one waits', () => {
    const queues = namesOf(stage, 'AWS::SQS::Queue', 'QueueName');
    expect(queues.length).toBeGreaterThan(0);

    const [dead = [], others = []] = [true, false].map((is) => queues.filter((it) => it.includes('-dlq-') === is));

    for (const QueueName of dead) {
      expect(alarmOn(stage, 'ApproximateNumberOfMessagesVisible', { QueueName })).toEqual(above(0, 'Maximum'));
    }
    for (const QueueName of others) {
      expect(alarmOn(stage, 'ApproximateAgeOfOldestMessage', { QueueName })).toEqual(above(600, 'Maximum'));
    }
  });

  it('are of every table and every index: what DynamoDB refuses', () => {
    const tables = [stage.root, ...Object.values(stage.nested)]
      .flatMap((resources) => Object.values(resources))
      .filter(({ Type }) => Type === 'AWS::DynamoDB::Table')
      .map(propertiesOf);
    expect(tables.length).toBeGreaterThan(0);

    for (const { TableName, GlobalSecondaryIndexes } of tables) {
      const indexes = list(GlobalSecondaryIndexes).map((it) => stringAt(it, 'IndexName'));
      const looks = [{ TableName }, ...indexes.map((index) => ({ TableName, GlobalSecondaryIndexName: index }))];
      for (const look of looks) {
        expect(alarmOn(stage, 'ReadThrottleEvents', look)).toEqual(above(0));
        expect(alarmOn(stage, 'WriteThrottleEvents', look)).toEqual(above(0));
      }
    }
  });

  it('are of every stream: what Kinesis refuses', () => {
    const streams = namesOf(stage, 'AWS::Kinesis::Stream', 'Name');
    expect(streams.length).toBeGreaterThan(0);

    for (const StreamName of streams) {
      expect(alarmOn(stage, 'WriteProvisionedThroughputExceeded', { StreamName })).toEqual(above(0));
    }
  });

  it('are of the API: failures, refusals and latency', () => {
    const { Name: ApiName, StageName: Stage } = propertiesOf(stage.root['Api']);
    const api = { ApiName, Stage };
    const failures = alarmsOf(stage).find(({ AlarmName }) => AlarmName === `aviary-api-5xx-${name}`);

    expect(failures).toEqual(above(10));
    expect(failures && dimensionsOf(failures)).toEqual(api);
    expect(alarmOn(stage, '4XXError', api)).toEqual(above(0.3, 'Average'));
    expect(alarmOn(stage, 'Latency', api)).toMatchObject({ ExtendedStatistic: 'p95', Threshold: 5000 });
  });

  it('are of what somebody tries', () => {
    const counted = { service: 'security-events', stage: name };

    expect(alarmOn(stage, 'SuspiciousActivity', counted)).toEqual(above(0));
    expect(alarmOn(stage, 'AuthenticationFailed', counted)).toEqual(above(20));
    expect(alarmOn(stage, 'RateLimitExceeded', counted)).toEqual(above(20));
  });

  it('leave firewall and cache out, where these are', () => {
    const namespaces = new Set(alarmsOf(stage).flatMap((it) => stringAt(it, 'Namespace') ?? []));

    expect(namespaces.has('AWS/WAFV2')).toBe(false);
    expect(namespaces.has('AWS/ElastiCache')).toBe(false);
  });
});

describe.each(withOptions)('the alarms of $name with every option', (stage) => {
  it('are of the firewall, by the names that it counts under', () => {
    const acl = propertiesOf(stage.nested['Firewall']?.['WebAcl']);
    const WebACL = objectAt(acl, 'VisibilityConfig')['MetricName'];

    const alarm = alarmOn(stage, 'BlockedRequests', { WebACL, Rule: 'ALL', Region: { Ref: 'AWS::Region' } });

    expect(alarm).toEqual(above(100));
  });

  it('are of each node of the cache, as ElastiCache numbers them', () => {
    const group = propertiesOf(stage.nested['Cache']?.['Cache']);
    const nodes = Number(group['NumCacheClusters']);
    const ids = Array.from({ length: nodes }, (_, at) => `${stringAt(group, 'ReplicationGroupId') ?? ''}-00${at + 1}`);

    expect(nodes).toBe(value(stage, 1, 2));
    for (const CacheClusterId of ids) {
      expect(alarmOn(stage, 'CPUUtilization', { CacheClusterId, CacheNodeId: '0001' })).toEqual(above(80, 'Average'));
    }
    expect(alarmsOf(stage).filter((it) => it['Namespace'] === 'AWS/ElastiCache')).toHaveLength(nodes);
  });

  it('are far from the 500 resources of a stack', () => {
    expect(Object.keys(stage.nested['Alarms'] ?? {}).length).toBeLessThan(400);
  });
});

describe('the local stage', () => {
  it('has no alarms', () => {
    const local = resolvedStages().find(({ name }) => name === 'local');

    expect(Object.keys(local?.nested ?? {})).toContain('Data');
    expect(local?.nested['Alarms']).toBeUndefined();
  });
});
