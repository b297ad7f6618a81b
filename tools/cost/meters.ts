import type { JsonObject } from '../lib/json.ts';
import { architectureOf, memoryOf } from './price-at-rest.ts';
import { prices } from './prices.ts';

/** What CloudWatch counts of a kind of resource that is paid by use, and what it costs. */
export interface Meter {
  readonly type: string;
  readonly namespace: string;
  /** The sum of this metric over a month is what was used. */
  readonly metric: string;
  readonly dimension: string;
  /** What the metric is told apart by besides. */
  readonly others?: (region: string) => Readonly<Record<string, string>>;
  /** The property that has the value of the dimension. */
  readonly nameIn: string;
  /** In US dollars, of one of what is counted. */
  readonly price: (properties: JsonObject) => number;
  /** How many of it there are for each request to the API, where nothing was measured. */
  readonly assumed: (properties: JsonObject) => number;
  /** What is counted, for people. */
  readonly unit: string;
}

const isOnDemand = ({ ProvisionedThroughput: given }: JsonObject): boolean => given === undefined;
const gigabyte = 1_000_000_000;

/** A fifth of the requests, of a function that has a canary: the hook of the others has none, and is asked by deploys alone. */
const invoked = (properties: JsonObject): number => ('DeploymentPreference' in properties ? 0.2 : 0);

/** What a function is assumed to take for an invocation, in milliseconds. */
export const assumedMs = 60;

/**
 * Everything that is paid by use and that CloudWatch counts by resource. (Amazon CloudWatch User Guide, "AWS services that
 * publish CloudWatch metrics".) What is assumed is a guess at an API of which every fifth request changes something.
 */
export const meters: readonly Meter[] = [
  {
    type: 'AWS::Serverless::Function',
    namespace: 'AWS/Lambda',
    metric: 'Invocations',
    dimension: 'FunctionName',
    nameIn: 'FunctionName',
    price: () => prices.lambda.perRequest,
    assumed: invoked,
    unit: 'invocations',
  },
  {
    type: 'AWS::Serverless::Function',
    namespace: 'AWS/Lambda',
    metric: 'Duration',
    dimension: 'FunctionName',
    nameIn: 'FunctionName',
    price: (properties) =>
      (prices.lambda.perGbSecond[architectureOf(properties)] * (memoryOf(properties) / 1_024)) / 1_000,
    assumed: (properties) => invoked(properties) * assumedMs,
    unit: 'ms',
  },
  {
    type: 'AWS::Serverless::Api',
    namespace: 'AWS/ApiGateway',
    metric: 'Count',
    dimension: 'ApiName',
    nameIn: 'Name',
    price: () => prices.apiPerRequest,
    assumed: () => 1,
    unit: 'requests',
  },
  {
    type: 'AWS::Logs::LogGroup',
    namespace: 'AWS/Logs',
    metric: 'IncomingBytes',
    dimension: 'LogGroupName',
    nameIn: 'LogGroupName',
    // Kept for as long as the group says, in days; a group without an end is counted with a year.
    price: ({ RetentionInDays: days }) =>
      (prices.cloudWatch.logsPerGbIn + (prices.cloudWatch.logsPerGbMonth * Number(days ?? 365)) / 30) / gigabyte,
    assumed: () => 0.2 * 1_000,
    unit: 'bytes of log',
  },
  {
    type: 'AWS::DynamoDB::Table',
    namespace: 'AWS/DynamoDB',
    metric: 'ConsumedReadCapacityUnits',
    dimension: 'TableName',
    nameIn: 'TableName',
    price: (properties) => (isOnDemand(properties) ? prices.dynamoDb.perRead : 0),
    assumed: () => 1,
    unit: 'read units',
  },
  {
    type: 'AWS::DynamoDB::Table',
    namespace: 'AWS/DynamoDB',
    metric: 'ConsumedWriteCapacityUnits',
    dimension: 'TableName',
    nameIn: 'TableName',
    price: (properties) => (isOnDemand(properties) ? prices.dynamoDb.perWrite : 0),
    assumed: () => 0.6,
    unit: 'write units',
  },
  {
    type: 'AWS::Kinesis::Stream',
    namespace: 'AWS/Kinesis',
    metric: 'IncomingBytes',
    dimension: 'StreamName',
    nameIn: 'Name',
    price: () => prices.kinesis.perGbIn / gigabyte,
    assumed: () => 0.2 * 1_000,
    unit: 'bytes in',
  },
  {
    type: 'AWS::SQS::Queue',
    namespace: 'AWS/SQS',
    metric: 'NumberOfMessagesSent',
    dimension: 'QueueName',
    nameIn: 'QueueName',
    // It is sent, received and deleted.
    price: () => prices.sqsPerCall * 3,
    assumed: () => 0.02,
    unit: 'messages',
  },
  {
    type: 'AWS::SNS::Topic',
    namespace: 'AWS/SNS',
    metric: 'NumberOfMessagesPublished',
    dimension: 'TopicName',
    nameIn: 'TopicName',
    price: () => prices.snsPerMessage,
    assumed: () => 0.05,
    unit: 'messages',
  },
  {
    type: 'AWS::WAFv2::WebACL',
    namespace: 'AWS/WAFV2',
    metric: 'AllowedRequests',
    dimension: 'WebACL',
    others: (region) => ({ Region: region, Rule: 'ALL' }),
    nameIn: 'Name',
    price: () => prices.waf.perRequest,
    assumed: () => 1,
    unit: 'requests',
  },
];
