import { objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';

/** CloudFormation takes 500 resources in a stack, 200 parameters, 200 outputs, and 1 MB of template. (CloudFormation quotas.) */
export const limits = { resources: 500, parameters: 200, outputs: 200, bytes: 1_000_000 };

/** Resources beside the function's own that SAM makes for an event. (aws-sam-translator, `model/eventsources`.) */
const ofEvent: Readonly<Record<string, number>> = {
  Api: 1,
  HttpApi: 1,
  SQS: 1,
  Kinesis: 1,
  DynamoDB: 1,
  MSK: 1,
  MQ: 1,
  SelfManagedKafka: 1,
  DocumentDB: 1,
  S3: 1,
  SNS: 2,
  Schedule: 2,
  ScheduleV2: 2,
  CloudWatchEvent: 2,
  EventBridgeRule: 2,
  CloudWatchLogs: 2,
  IoTRule: 2,
};
const ofUnknownEvent = 4;

/** How many resources a block is at most, after SAM has taken it apart. A test holds it to what SAM's translator makes. */
export function weighResource(block: JsonObject): number {
  const properties = objectAt(block, 'Properties');
  if (block['Type'] === 'AWS::Serverless::Api')
    return 3 + Object.keys(objectAt(objectAt(properties, 'Auth'), 'Authorizers')).length;
  if (block['Type'] !== 'AWS::Serverless::Function') return 1;
  const has = (name: string): number => (properties[name] === undefined ? 0 : 1);
  const role = 1 - has('Role');
  const versionAndAlias = 2 * has('AutoPublishAlias');
  const url = 2 * has('FunctionUrlConfig');
  // A queue or topic of its own for each of success and failure.
  const invocations = 3 * has('EventInvokeConfig');
  const events = Object.values(objectAt(properties, 'Events')).map(weighEvent);
  return 1 + role + versionAndAlias + has('DeploymentPreference') + url + invocations + sum(events);
}

function weighEvent(event: Json): number {
  const own = ofEvent[stringAt(event, 'Type') ?? ''] ?? ofUnknownEvent;
  const properties = objectAt(event, 'Properties');
  // SAM makes the queue, its policy and its mapping where `SqsSubscription` or a DeadLetterConfig asks for one.
  const made = ['SqsSubscription', 'DeadLetterConfig'].filter((name) => properties[name] !== undefined).length;
  return own + 3 * made;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, it) => total + it, 0);
