import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { logCodes } from '@shared/observability/log-codes';
import { alarmRules } from '../../tools/alarms/alarm-rules.ts';
import { isList, objectAt, stringAt, textOf, type Json, type JsonObject } from '../../tools/lib/json.ts';
import { awsMetrics } from '../support/aws-metrics.ts';
import { repository } from '../support/engine/a-folder.ts';
import { everyOption } from '../support/engine/every-option.ts';
import { resolvedStages, type ResolvedStage } from '../support/engine/stages.ts';

const propertiesOf = (block: JsonObject | undefined): JsonObject => objectAt(block, 'Properties');
const inAccount = resolvedStages().filter(({ name }) => name !== 'local');
const withOptions = resolvedStages(everyOption).filter(({ name }) => name !== 'local');
const folders = globSync('functions/*/', { cwd: repository })
  .map((path) => basename(path))
  .sort();

interface Alarm extends JsonObject {
  readonly AlarmName: string;
}
const ofType = ({ nested }: ResolvedStage, type: string): JsonObject[] =>
  Object.values(nested['Alarms'] ?? {})
    .filter(({ Type }) => Type === type)
    .map(propertiesOf);
const alarmsOf = (stage: ResolvedStage): Alarm[] => ofType(stage, 'AWS::CloudWatch::Alarm') as Alarm[];
const filtersOf = (stage: ResolvedStage): JsonObject[] => ofType(stage, 'AWS::Logs::MetricFilter');
const dimensionsOf = (alarm: JsonObject): Record<string, string> =>
  Object.fromEntries(
    ((alarm['Dimensions'] ?? []) as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]),
  );
const list = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);

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
    const api = { ApiName: `aviary-${name}`, Stage: name };
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

describe('every alarm', () => {
  const all = withOptions.flatMap((stage) => alarmsOf(stage).map((alarm) => ({ stage, alarm })));
  const priorityOf = (alarm: JsonObject): string => stringAt(alarm, 'AlarmDescription')?.slice(0, 2) ?? '';

  it('tells the topic of its priority, and that it is over where somebody was woken', () => {
    const topic = { P1: 'Critical', P2: 'Critical', P3: 'Warning', P4: 'Info' } as Record<string, string>;

    for (const { alarm } of all) {
      const [action, ...others] = list(alarm['AlarmActions']).map(textOf);
      expect([alarm.AlarmName, others, action]).toEqual([
        alarm.AlarmName,
        [],
        expect.stringContaining(`Outputs.${topic[priorityOf(alarm)] ?? '?'}TopicArn`),
      ]);
      expect(list(alarm['OKActions']).map(textOf)).toEqual(/^P[12]/.test(priorityOf(alarm)) ? [action] : []);
    }
    expect(new Set(all.map(({ alarm }) => priorityOf(alarm)))).toEqual(new Set(['P1', 'P2', 'P3', 'P4']));
  });

  it('looks at a metric that AWS gives under exactly these dimensions, or that this product counts', () => {
    const knownOf = ({ stage, alarm }: (typeof all)[number]): readonly (readonly string[])[] | undefined => {
      const { Namespace, MetricName } = alarm;
      if (Namespace === 'aviary') return dimensionsOf(alarm)['stage'] === stage.name ? [['service', 'stage']] : [];
      return awsMetrics.find(({ namespace, metric }) => namespace === Namespace && metric === MetricName)?.dimensions;
    };

    for (const it of all) {
      const looked = Object.keys(dimensionsOf(it.alarm)).sort();
      expect([it.alarm.AlarmName, knownOf(it)]).toEqual([it.alarm.AlarmName, expect.arrayContaining([looked])]);
    }
  });

  it('has a name and a description that CloudWatch takes', () => {
    for (const { alarm } of all) {
      expect(alarm.AlarmName.length).toBeLessThanOrEqual(255);
      expect(stringAt(alarm, 'AlarmDescription')?.length).toBeLessThanOrEqual(1024);
      expect(JSON.stringify(alarm)).not.toMatch(/(?<!\$)\{\w+\}/);
    }
  });

  it('says why it takes missing data as it does', () => {
    for (const { because, alarm } of alarmRules)
      expect([alarm, because]).toEqual([alarm, expect.stringMatching(/\.$/)]);
  });
});

describe('every filter of log lines', () => {
  const stage = withOptions[0];
  const filters = stage ? filtersOf(stage) : [];
  const codeOf = (filter: JsonObject): string | undefined =>
    /^\{ \$\.log_code = "([A-Z_]+)" \}$/.exec(stringAt(filter, 'FilterPattern') ?? '')?.[1];

  it('looks for a log code that the source has, and that a function or the shared code writes', () => {
    const sources = globSync(['functions/**/*.ts', 'layers/shared/src/**/*.ts'], { cwd: repository })
      .filter((path) => !path.endsWith('log-codes.ts'))
      .map((path) => readFileSync(join(repository, path), 'utf8'))
      .join('\n');

    expect(filters.length).toBeGreaterThan(0);
    for (const filter of filters) {
      const [key] = Object.entries(logCodes).find(([, code]) => code === codeOf(filter)) ?? [];
      expect([codeOf(filter), key]).toEqual([codeOf(filter), expect.any(String)]);
      expect(sources).toContain(`logCodes.${key ?? '?'}`);
    }
  });

  it('counts into the metric that an alarm looks at, with the fields of the line as its dimensions', () => {
    const watched = stage ? alarmsOf(stage).map(({ MetricName }) => MetricName) : [];

    for (const filter of filters) {
      const [into] = list(filter['MetricTransformations']);
      expect(into).toMatchObject({
        MetricNamespace: 'aviary',
        MetricValue: '1',
        Dimensions: [
          { Key: 'service', Value: '$.service' },
          { Key: 'stage', Value: '$.stage' },
        ],
      });
      expect(watched).toContain(stringAt(into, 'MetricName'));
    }
  });

  it('reads a log group that is there before it', () => {
    const stack = (id: string): JsonObject => objectAt(objectAt(stage?.root[id], 'Properties'), 'Parameters');
    const queried = JSON.stringify(stack('Queries')['LogGroups']);
    const ids = Object.entries(stage?.root ?? {})
      .filter(([, block]) => filters.some(({ LogGroupName }) => propertiesOf(block)['LogGroupName'] === LogGroupName))
      .map(([id]) => id);

    expect(stage?.root['Alarms']?.['DependsOn']).toBe('Queries');
    expect(ids).toHaveLength(new Set(filters.map(({ LogGroupName }) => LogGroupName)).size);
    for (const id of ids) expect(queried).toContain(`{"Ref":"${id}"}`);
  });
});

describe('the local stage', () => {
  it('has no alarms', () => {
    const local = resolvedStages().find(({ name }) => name === 'local');

    expect(Object.keys(local?.nested ?? {})).toContain('Data');
    expect(local?.nested['Alarms']).toBeUndefined();
  });
});
