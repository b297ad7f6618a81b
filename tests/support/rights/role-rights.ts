import { isList, isObject, objectAt, stringAt, type Json, type JsonObject } from '../../../tools/lib/json.ts';

/** One `Allow` of a role's own policies. */
export interface Grant {
  readonly actions: readonly string[];
  readonly statement: JsonObject;
}

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : isList(value) ? value : [value];
const textsOf = (value: Json | undefined): string[] => listOf(value).filter((it) => typeof it === 'string');

/** What the policies written into a role allow. */
export function grantsOf(role: JsonObject | undefined): Grant[] {
  return listOf(objectAt(role, 'Properties')['Policies'])
    .flatMap((policy) => listOf(objectAt(policy, 'PolicyDocument')['Statement']))
    .filter(isObject)
    .filter((statement) => statement['Effect'] === 'Allow')
    .map((statement) => ({ actions: textsOf(statement['Action']), statement }));
}

/** Names of AWS's managed policies in a role: `AWSLambdaBasicExecutionRole`. */
export function managedPoliciesOf(role: JsonObject | undefined): string[] {
  const arns = listOf(objectAt(role, 'Properties')['ManagedPolicyArns']);
  return arns.map((arn) => /[^/"]+(?=["}\]]*$)/.exec(JSON.stringify(arn))?.[0] ?? '').sort();
}

/** What AWS's managed policy has for the poller of each kind of source. */
const pollers: Readonly<Record<string, string>> = {
  DynamoDB: 'AWSLambdaDynamoDBExecutionRole',
  Kinesis: 'AWSLambdaKinesisExecutionRole',
  SQS: 'AWSLambdaSQSQueueExecutionRole',
};

/** The managed policies that a function block of the template is due: logs, traces, its network, and one for each kind of source. */
export function managedPoliciesDue(block: JsonObject): string[] {
  const properties = objectAt(block, 'Properties');
  const sources = Object.values(objectAt(properties, 'Events')).map((event) => pollers[stringAt(event, 'Type') ?? '']);
  // The translator gives this one for either mode of tracing.
  const traces = properties['Tracing'] === undefined ? [] : ['AWSXrayWriteOnlyAccess'];
  const network = properties['VpcConfig'] === undefined ? [] : ['AWSLambdaVPCAccessExecutionRole'];
  const due = ['AWSLambdaBasicExecutionRole', ...traces, ...network, ...sources.filter((it) => it !== undefined)];
  return [...new Set(due)].sort();
}

/** What Lambda itself asks for with a function's role: to put what failed into a queue. */
export function configuredActions(block: JsonObject): string[] {
  const properties = objectAt(block, 'Properties');
  const failures = Object.values(objectAt(properties, 'Events')).map((event) =>
    objectAt(objectAt(objectAt(event, 'Properties'), 'DestinationConfig'), 'OnFailure'),
  );
  const queues = [objectAt(properties, 'DeadLetterQueue'), ...failures].filter((it) => it['Type'] === 'SQS');
  return queues.length === 0 ? [] : ['sqs:SendMessage'];
}
