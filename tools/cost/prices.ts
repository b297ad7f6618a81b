/**
 * List prices of eu-west-1 in US dollars, the first tier, without what is free. Every estimate of this repository uses them:
 * `aviary cost`, `aviary memory`, `aviary tune`, the benchmarks and docs/costs.md.
 *
 * They were written from memory in November 2026 and held against no bill: look them up on the pages named before you rely on
 * them, and change them here. Another region has others.
 */
export const prices = {
  /** https://aws.amazon.com/lambda/pricing */
  lambda: {
    perRequest: 0.2 / 1e6,
    perGbSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
    /** Of an environment that is kept ready. */
    readyPerGbSecond: { arm64: 0.0000033334, x86_64: 0.0000041667 },
  },
  /** https://aws.amazon.com/api-gateway/pricing, REST APIs. */
  apiPerRequest: 3.5 / 1e6,
  /** https://aws.amazon.com/dynamodb/pricing */
  dynamoDb: { perRead: 0.1415 / 1e6, perWrite: 0.705 / 1e6, readCapacityHour: 0.000147, writeCapacityHour: 0.000735 },
  /** https://aws.amazon.com/kinesis/data-streams/pricing, on demand and provisioned. */
  kinesis: { onDemandHour: 0.044, perGbIn: 0.088, shardHour: 0.0165 },
  /** https://aws.amazon.com/sqs/pricing, standard queues. */
  sqsPerCall: 0.4 / 1e6,
  /** https://aws.amazon.com/sns/pricing */
  snsPerMessage: 0.5 / 1e6,
  /** https://aws.amazon.com/cloudwatch/pricing */
  cloudWatch: { logsPerGbIn: 0.57, logsPerGbMonth: 0.03, alarmPerMetric: 0.1, compositeAlarm: 0.5, dashboard: 3 },
  /** https://aws.amazon.com/secrets-manager/pricing */
  secret: 0.4,
  /** https://aws.amazon.com/kms/pricing */
  key: 1,
  /** https://aws.amazon.com/waf/pricing */
  waf: { webAcl: 5, rule: 1, perRequest: 0.6 / 1e6 },
  /** https://aws.amazon.com/privatelink/pricing, per zone. */
  endpointHour: 0.011,
  /** https://aws.amazon.com/vpc/pricing */
  natHour: 0.048,
  addressHour: 0.005,
  /** https://aws.amazon.com/elasticache/pricing, Valkey. */
  cacheNodeHour: { 'cache.t4g.micro': 0.0136, 'cache.t4g.small': 0.0272, 'cache.t4g.medium': 0.0544 },
} as const;

/** Hours of a month, as AWS counts them. */
export const monthHours = 730;

export type Architecture = keyof typeof prices.lambda.perGbSecond;

/** What a function did: how often it ran, for how long in all, and the memory that it is billed for. */
export interface LambdaUse {
  readonly invocations: number;
  readonly ms: number;
  readonly memoryMb: number;
}

/** What invocations cost, in US dollars. */
export function lambdaCost({ invocations, ms, memoryMb }: LambdaUse, architecture: Architecture): number {
  const gbSeconds = (ms / 1_000) * (memoryMb / 1_024);
  return invocations * prices.lambda.perRequest + gbSeconds * prices.lambda.perGbSecond[architecture];
}
