/** A metric that AWS gives by itself, with the names of the dimensions that one look at it can have. */
export interface AwsMetric {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: readonly (readonly string[])[];
  /** The page that says so. */
  readonly source: string;
}

const lambda = 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html';
const ofFunction = [['FunctionName'], ['FunctionName', 'Resource'], ['ExecutedVersion', 'FunctionName', 'Resource']];
const api = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html';
const ofApi = [['ApiName'], ['ApiName', 'Stage']];
const sqs =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html';
const dynamo = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html';
const ofTable = [['TableName'], ['GlobalSecondaryIndexName', 'TableName']];

/** Every metric of AWS that alarms and dashboards may look at. */
export const awsMetrics: readonly AwsMetric[] = [
  ...['Invocations', 'Errors', 'Duration', 'Throttles', 'IteratorAge'].map((metric) => {
    return { namespace: 'AWS/Lambda', metric, dimensions: ofFunction, source: lambda };
  }),
  ...['Count', '4XXError', '5XXError', 'Latency'].map((metric) => {
    return { namespace: 'AWS/ApiGateway', metric, dimensions: ofApi, source: api };
  }),
  ...['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'].map((metric) => {
    return { namespace: 'AWS/SQS', metric, dimensions: [['QueueName']], source: sqs };
  }),
  ...['ReadThrottleEvents', 'WriteThrottleEvents', 'ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'].map(
    (metric) => {
      return { namespace: 'AWS/DynamoDB', metric, dimensions: ofTable, source: dynamo };
    },
  ),
  {
    namespace: 'AWS/Kinesis',
    metric: 'WriteProvisionedThroughputExceeded',
    dimensions: [['StreamName']],
    source: 'https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html',
  },
  {
    namespace: 'AWS/WAFV2',
    metric: 'BlockedRequests',
    dimensions: [['Region', 'Rule', 'WebACL']],
    source: 'https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html',
  },
  {
    namespace: 'AWS/ElastiCache',
    metric: 'CPUUtilization',
    dimensions: [['CacheClusterId'], ['CacheClusterId', 'CacheNodeId']],
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.HostLevel.html',
  },
];
