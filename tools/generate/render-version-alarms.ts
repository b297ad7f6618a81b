import { topicOf } from '../alarms/alarm-rule.ts';
import { replaceMarked } from './marked-block.ts';

const marks = {
  file: 'template.yaml',
  begin: '# Alarms of versions: written by `npm run aviary -- generate`',
  end: '# End of alarms of versions',
  what: 'the alarms of versions',
};

/** How bad it is when one goes off: callers have the version before again by then. */
export const versionAlarm = { priority: 'P3', runbook: 'new-version' } as const;
const { priority, runbook } = versionAlarm;

/** A function that traffic moves of, step by step. */
export interface Versioned {
  readonly name: string;
  readonly logicalId: string;
  /** Whether its errors say that it is unwell: an authorizer has no other way to refuse. */
  readonly errorsCount: boolean;
}

/** The template without what {@link renderVersionAlarms} writes. */
export const withoutVersionAlarms = (text: string): string => replaceMarked(text, marks, '');

/**
 * template.yaml with the alarms of each function's new version between their marks. They stand in the root, beside the
 * functions: an alarm follows the version by `Fn::GetAtt`, and so is moved after it is made and before it gets traffic.
 */
export function renderVersionAlarms(text: string, functions: readonly Versioned[]): string {
  return replaceMarked(text, marks, functions.map((it) => errorsOf(it) + durationOf(it)).join(''));
}

/** Lines of the alarms' metrics: Lambda's dimensions of a version, behind the alias that callers go by. */
const dimensions = ({ name, logicalId }: Versioned, ofVersion: boolean): string =>
  [
    `{ Name: FunctionName, Value: !Sub '\${App}-${name}-\${Stage}' }`,
    `{ Name: Resource, Value: !Sub '\${App}-${name}-\${Stage}:live' }`,
    ...(ofVersion ? [`{ Name: ExecutedVersion, Value: !GetAtt ${logicalId}.Version.Version }`] : []),
  ]
    .map((line) => `              - ${line}\n`)
    .join('');

const lambdaMetric = (id: string, metric: string, stat: string, it: Versioned, ofVersion = true): string => `\
      - Id: ${id}
        ReturnData: false
        MetricStat:
          Stat: ${stat}
          Period: 300
          Metric:
            Namespace: AWS/Lambda
            MetricName: ${metric}
            Dimensions:
${dimensions(it, ofVersion)}`;

/** A version without data has had no request, and has failed nobody: so missing data does not breach. */
const head = (id: string, name: string, what: string): string => `${id}:
  Type: AWS::CloudWatch::Alarm
  Condition: IsLasting
  Properties:
    AlarmName: !Sub \${App}-${name}-\${Stage}
    AlarmDescription: !Sub '${priority} - ${what} What to do: https://github.com/\${DeployRepository}/blob/main/docs/runbooks/${runbook}.md'
    AlarmActions: [!GetAtt Messaging.Outputs.${topicOf[priority]}]
    EvaluationPeriods: 1
    ComparisonOperator: GreaterThanThreshold
    TreatMissingData: notBreaching
`;

/**
 * Two failures in five minutes. A tenth of the traffic shows a tenth of the failures, so it is less than the threshold of
 * the alias; one alone may be a passing fault of something else. What is thrown Lambda counts, what is answered with 500
 * or given back to a queue the function does; both count what they have in common.
 */
const errorsOf = (it: Versioned): string => {
  const { name, logicalId, errorsCount } = it;
  const terms = ['FILL(failures, 0)', ...(errorsCount ? ['FILL(errors, 0)'] : [])];
  return `${head(`${logicalId}VersionErrors`, `${name}-version-errors`, `The new version of ${name} failed twice in five minutes.`)}\
    Threshold: 1
    Metrics:
      - Id: worst
        Expression: MAX([${terms.join(', ')}])
      - Id: failures
        ReturnData: false
        MetricStat:
          Stat: Sum
          Period: 300
          Metric:
            Namespace: !Ref App
            MetricName: ErrorCount
            Dimensions:
              - { Name: service, Value: ${name} }
              - { Name: stage, Value: !Ref Stage }
              - { Name: version, Value: !GetAtt ${logicalId}.Version.Version }
${errorsCount ? lambdaMetric('errors', 'Errors', 'Sum', it) : ''}`;
};

/**
 * On average twice as slow as the other version in the same five minutes, of which Lambda tells only with the new one in it:
 * so that is taken out again, whatever share it has. But not where nine of ten requests take less than a second, which
 * hurts nobody, nor of fewer than five requests, of which one may be odd. Without requests of the other one it says nothing.
 */
const durationOf = (it: Versioned): string => `\
${head(`${it.logicalId}VersionDuration`, `${it.name}-version-duration`, `The new version of ${it.name} takes twice as long, and over a second.`)}\
    Threshold: 200
    Metrics:
      - Id: share
        Expression: IF(requests >= 5 && slow > 1000, 100 * average / other, 0)
      - Id: other
        ReturnData: false
        Expression: (all * callers - average * requests) / (callers - requests)
${lambdaMetric('requests', 'Duration', 'SampleCount', it)}\
${lambdaMetric('average', 'Duration', 'Average', it)}\
${lambdaMetric('slow', 'Duration', 'p90', it)}\
${lambdaMetric('callers', 'Duration', 'SampleCount', it, false)}\
${lambdaMetric('all', 'Duration', 'Average', it, false)}`;
