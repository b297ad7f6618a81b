import { replaceMarked } from './marked-block.ts';

/** From the root. */
export const alarmsFile = 'infra/alarms.yaml';

const marks = {
  file: alarmsFile,
  begin: '# Alarms of functions: written by `npm run aviary -- generate`',
  end: '# End of alarms of functions',
  what: 'the alarms of functions',
};

/** A function as its alarms need it. */
export interface Alarmed {
  readonly name: string;
  readonly logicalId: string;
}

/**
 * infra/alarms.yaml with the alarm of each function between its marks, but for a function that has one outside of them.
 * Not by `Fn::ForEach`: the names of functions have dashes, which a logical id may not have, and `sam build` knows no `&{Name}`,
 * which would take them out.
 */
export function renderAlarms(text: string, functions: readonly Alarmed[]): string {
  const own = replaceMarked(text, marks, '');
  const rest = functions.filter(({ name }) => !own.includes(alarmName(name)));
  return replaceMarked(text, marks, rest.map(alarmOf).join(''));
}

/** What a canary is gated by: its `DeploymentPreference` in template.yaml names it. */
const alarmName = (name: string): string => `\${App}-${name}-errors-\${Stage}`;

const alarmOf = ({ name, logicalId }: Alarmed): string => `${logicalId}Errors:
  Type: AWS::CloudWatch::Alarm
  Properties:
    AlarmName: !Sub ${alarmName(name)}
    AlarmDescription: !Sub More than \${ErrorThreshold} errors of ${name} in five minutes
    Namespace: AWS/Lambda
    MetricName: Errors
    Dimensions:
      - { Name: FunctionName, Value: !Sub '\${App}-${name}-\${Stage}' }
      - { Name: Resource, Value: !Sub '\${App}-${name}-\${Stage}:live' }
    Statistic: Sum
    Period: 300
    EvaluationPeriods: 1
    Threshold: !Ref ErrorThreshold
    ComparisonOperator: GreaterThanThreshold
    TreatMissingData: notBreaching
`;
