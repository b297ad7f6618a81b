import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { topicOf, type AlarmRule } from '../alarms/alarm-rule.ts';
import { findSubjects, type Subject } from '../alarms/find-subjects.ts';
import { makeAlarms, type Alarm } from '../alarms/make-alarms.ts';
import type { JsonObject } from '../lib/json.ts';
import { readTemplate } from '../template/read-template.ts';
import { replaceMarked } from './marked-block.ts';

/** From the root. */
export const alarmsFile = 'infra/alarms.yaml';

const alarmMarks = {
  file: alarmsFile,
  begin: '# Alarms: written by `npm run aviary -- generate`',
  end: '# End of alarms',
  what: 'the alarms',
};
/** What alarms can be about in this repository. @throws Failure as `findSubjects` and `readTemplate` */
export function subjectsOf(root: string): Subject[] {
  const nested = readdirSync(join(root, 'infra')).filter((file) => file.endsWith('.yaml') && file !== 'bootstrap.yaml');
  const files = ['template.yaml', ...nested.sort().map((file) => `infra/${file}`)];
  return findSubjects(files.map((file): JsonObject => readTemplate(join(root, file), file)));
}

/**
 * infra/alarms.yaml with every alarm of the stack, and every filter that an alarm counts by, between its marks. Not by `Fn::ForEach`: names have
 * dashes, which a logical id may not have, and `sam build` knows no `&{Name}`, which would take them out.
 */
export function renderAlarms(
  text: string,
  subjects: readonly Subject[],
  isHere: (alarm: Alarm) => boolean = () => true,
): string {
  return replaceMarked(text, alarmMarks, makeAlarms(subjects).filter(isHere).map(blocksOf).join(''));
}

function blocksOf(alarm: Alarm): string {
  return `${alarm.rule.logCode === undefined ? '' : filterOf(alarm)}${alarmOf(alarm)}`;
}

const nameOf = ({ rule, subject }: Alarm): string => `\${App}-${subject.name}-${rule.alarm}-\${Stage}`;

/** Counts lines into a metric of the form of the functions' own: with `service` and `stage`, as each line has them. */
function filterOf(alarm: Alarm): string {
  const { metric, logCode = '' } = alarm.rule;
  return `${alarm.id}Filter:
  Type: AWS::Logs::MetricFilter
  Properties:
    FilterName: !Sub ${nameOf(alarm)}
    LogGroupName: !Sub /aws/lambda/\${App}-${alarm.subject.name}-\${Stage}
    FilterPattern: '{ $.log_code = "${logCode}" }'
    MetricTransformations:
      - MetricNamespace: !Ref App
        MetricName: ${metric}
        MetricValue: '1'
        Unit: Count
        Dimensions:
          - { Key: service, Value: $.service }
          - { Key: stage, Value: $.stage }
`;
}

function alarmOf(alarm: Alarm): string {
  const { rule, subject } = alarm;
  const fill = (text: string): string => filled(text, subject);
  const topic = topicOf[rule.priority];
  const wakes = rule.priority === 'P1' || rule.priority === 'P2';
  const dimensions = Object.entries(rule.dimensions).map(
    ([name, value]) => `      - { Name: ${name}, Value: ${valueOf(fill(value))} }\n`,
  );
  const statistic = /^p\d/.test(rule.statistic) ? 'ExtendedStatistic' : 'Statistic';
  return `${alarm.id}:
  Type: AWS::CloudWatch::Alarm
${subject.condition === undefined ? '' : `  Condition: ${subject.condition}\n`}  Properties:
    AlarmName: !Sub ${nameOf(alarm)}
    AlarmDescription: !Sub '${fill(descriptionOf(rule))}'
    Namespace: ${valueOf(rule.namespace)}
    MetricName: ${rule.metric}
    Dimensions:
${dimensions.join('')}    ${statistic}: ${rule.statistic}
    Period: ${rule.period}
    EvaluationPeriods: ${rule.periods}
    Threshold: ${typeof rule.threshold === 'number' ? rule.threshold : `!Ref ${rule.threshold}`}
    ComparisonOperator: ${rule.comparison === '>' ? 'GreaterThanThreshold' : 'GreaterThanOrEqualToThreshold'}
    TreatMissingData: ${rule.missing}
    AlarmActions: [!Ref ${topic}]
${wakes ? `    OKActions: [!Ref ${topic}]\n` : ''}`;
}

function descriptionOf({ priority, says, threshold, runbook }: AlarmRule): string {
  const value = typeof threshold === 'number' ? String(threshold) : `\${${threshold}}`;
  const page = `https://github.com/\${Repository}/blob/main/docs/runbooks/${runbook}.md`;
  return `${priority} - ${says.replace('{threshold}', value)}. What to do: ${page}`;
}

/** `!Ref` and `!Sub` only where there is something to put in, as cfn-lint asks for. */
function valueOf(text: string): string {
  const [, whole] = /^\$\{([\w:]+)\}$/.exec(text) ?? [];
  if (whole !== undefined) return `!Ref '${whole}'`;
  return text.includes('${') ? `!Sub '${text}'` : `'${text}'`;
}

/** Takes `{name}` and the like for what they stand for; `${Stage}` is CloudFormation's. */
function filled(text: string, { name, values }: Subject): string {
  return text.replace(/(?<!\$)\{(\w+)\}/g, (whole, key: string) => (key === 'name' ? name : (values[key] ?? whole)));
}
