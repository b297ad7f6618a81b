import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logCodes } from '@shared/observability/log-codes';
import { alarmRules } from '../../tools/alarms/alarm-rules.ts';
import { objectAt, stringAt, textOf, type JsonObject } from '../../tools/lib/json.ts';
import { awsMetrics } from '../support/aws-metrics.ts';
import { repository } from '../support/engine/a-folder.ts';
import {
  alarmsOf,
  dimensionsOf,
  filtersOf,
  list,
  propertiesOf,
  versionAlarmsOf,
  withOptions,
  type Alarm,
} from '../support/engine/stage-alarms.ts';

describe('every alarm', () => {
  /** What an alarm looks at: one metric, or several of which an expression is made. */
  const looksOf = (alarm: Alarm): JsonObject[] =>
    'Metrics' in alarm
      ? list(alarm['Metrics'])
          .map((query) => objectAt(objectAt({ query }, 'query'), 'MetricStat'))
          .filter((stat) => 'Metric' in stat)
          .map((stat) => objectAt(stat, 'Metric'))
      : [alarm];
  const isOurs = ({ Namespace }: JsonObject): boolean => Namespace === 'aviary';
  /** As layers/shared/src/observability/metrics.ts counts, a failure with the version, too. */
  const counted = [
    ['service', 'stage'],
    ['service', 'stage', 'version'],
  ];
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

  it('looks at metrics that AWS gives under exactly these dimensions, or that this product counts', () => {
    const looks = withOptions.flatMap((stage) =>
      [...alarmsOf(stage), ...versionAlarmsOf(stage)].flatMap((alarm) =>
        looksOf(alarm).map((it) => ({ stage, alarm, it })),
      ),
    );
    const knownOf = ({ stage, it }: (typeof looks)[number]): readonly (readonly string[])[] | undefined => {
      const { Namespace, MetricName } = it;
      if (Namespace === 'aviary') return dimensionsOf(it)['stage'] === stage.name ? counted : [];
      return awsMetrics.find(({ namespace, metric }) => namespace === Namespace && metric === MetricName)?.dimensions;
    };

    expect(looks.length).toBeGreaterThan(all.length);
    for (const look of looks) {
      const looked = Object.keys(dimensionsOf(look.it)).sort();
      expect([look.alarm.AlarmName, knownOf(look)]).toEqual([look.alarm.AlarmName, expect.arrayContaining([looked])]);
    }
  });

  it('looks at what a function counts by the name under which that function counts', () => {
    for (const stage of withOptions) {
      const ours = [...alarmsOf(stage), ...versionAlarmsOf(stage)].flatMap(looksOf).filter(isOurs);
      const services = Object.values(stage.root)
        .map((block) => objectAt(objectAt(propertiesOf(block), 'Environment'), 'Variables')['POWERTOOLS_SERVICE_NAME'])
        .filter((service) => service !== undefined);

      expect(ours.length).toBeGreaterThan(services.length);
      expect(services).toEqual(expect.arrayContaining(ours.map((look) => dimensionsOf(look)['service'])));
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
