import { isPricedAtRest, priceAtRest } from './price-at-rest.ts';
import { sumOf, type CostLine } from './line.ts';
import { meters } from './meters.ts';
import type { StageResource } from './stage-resources.ts';
import { priceUse, type Usage } from './usage.ts';

/** What a stage costs in a month, as far as this repository can tell. */
export interface Estimate {
  /** The dearest first. */
  readonly lines: readonly CostLine[];
  /** US dollars a month. */
  readonly total: number;
  /** Types of resources that this knows nothing of. */
  readonly unknown: readonly string[];
}

/** Types that cost nothing by themselves: what they do is paid with what they do it to. */
const free = [
  /^AWS::AppConfig::/,
  /^AWS::ApplicationAutoScaling::ScalingPolicy$/,
  /^AWS::ApiGateway::/,
  /^AWS::Budgets::Budget$/,
  /^AWS::CloudFormation::/,
  /^AWS::CodeDeploy::/,
  /^AWS::EC2::(?:Flow|InternetGateway|NetworkAcl|Route|SecurityGroup|Subnet|VPC$|VPCGateway)/,
  /^AWS::ElastiCache::(?:SubnetGroup|User|UserGroup)$/,
  /^AWS::Events::/,
  /^AWS::IAM::/,
  /^AWS::KMS::Alias$/,
  /^AWS::Lambda::(?:Permission|EventSourceMapping)$/,
  /^AWS::Logs::(?:MetricFilter|QueryDefinition|ResourcePolicy)$/,
  /^AWS::S3::BucketPolicy$/,
  /^AWS::SNS::(?:Subscription|TopicPolicy)$/,
  /^AWS::SQS::QueuePolicy$/,
  /^AWS::SSM::Parameter$/,
  /^AWS::SecretsManager::(?:ResourcePolicy|RotationSchedule)$/,
  /^AWS::Serverless::LayerVersion$/,
  /^AWS::WAFv2::(?:IPSet|LoggingConfiguration|WebACLAssociation)$/,
  /^AWS::XRay::/,
];

/** What the resources of a stage cost in a month of such use. */
export function estimate(resources: readonly StageResource[], usage: Usage): Estimate {
  const lines = [...priceAtRest(resources), ...priceUse(resources, usage)].sort((a, b) => b.cost - a.cost);
  const types = new Set(resources.map(({ type }) => type));
  const isKnown = (type: string): boolean =>
    isPricedAtRest(type) || meters.some((meter) => meter.type === type) || free.some((pattern) => pattern.test(type));
  return { lines, total: sumOf(lines), unknown: [...types].filter((type) => !isKnown(type)).sort() };
}
