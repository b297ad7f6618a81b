import { isList, isObject, objectAt, stringAt, textOf, type Json, type JsonObject } from '../lib/json.ts';
import type { CostLine } from './line.ts';
import { monthHours, prices, type Architecture } from './prices.ts';
import type { StageResource } from './stage-resources.ts';

/** What a resource costs in a month in which nobody uses it: what for, and how much. */
type Rest = readonly (readonly [what: string, cost: number])[];
type PriceOf = (properties: JsonObject, all: readonly StageResource[]) => Rest;

const countOf = (value: Json | undefined): number => (isList(value) ? value.length : 0);
const numberOf = (value: Json | undefined, otherwise: number): number => Number(value ?? otherwise);
const each = (count: number, what: string, cost: number): Rest => [[`${count} ${what}`, count * cost]];

/** What an alarm is paid by. */
export const alarmMetrics = 'metrics of an alarm';

const pricesAtRest: Readonly<Record<string, PriceOf>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': keptReady,
  'AWS::CloudWatch::Alarm': ({ Metrics: metrics }) => {
    const read = isList(metrics)
      ? metrics.filter((metric) => isObject(metric) && metric['MetricStat'] !== undefined)
      : [];
    return each(Math.max(1, read.length), alarmMetrics, prices.cloudWatch.alarmPerMetric);
  },
  'AWS::CloudWatch::CompositeAlarm': () => [['composite alarm', prices.cloudWatch.compositeAlarm]],
  'AWS::CloudWatch::Dashboard': () => [['dashboard', prices.cloudWatch.dashboard]],
  'AWS::DynamoDB::Table': (properties) => {
    const given = objectAt(properties, 'ProvisionedThroughput');
    if (Object.keys(given).length === 0) return [];
    const [read, write] = [numberOf(given['ReadCapacityUnits'], 0), numberOf(given['WriteCapacityUnits'], 0)];
    const tables = 1 + countOf(properties['GlobalSecondaryIndexes']);
    const hour = read * prices.dynamoDb.readCapacityHour + write * prices.dynamoDb.writeCapacityHour;
    return [[`${read} read and ${write} write units, ${tables} times`, hour * monthHours * tables]];
  },
  'AWS::EC2::EIP': () => [['address', prices.addressHour * monthHours]],
  'AWS::EC2::NatGateway': () => [['NAT gateway', prices.natHour * monthHours]],
  'AWS::EC2::VPCEndpoint': ({ VpcEndpointType: type, SubnetIds: subnets }) =>
    type === 'Interface' ? each(countOf(subnets), 'zones of an endpoint', prices.endpointHour * monthHours) : [],
  'AWS::ElastiCache::ReplicationGroup': ({ NumCacheClusters: count, CacheNodeType: type }) => {
    const found = Object.entries(prices.cacheNodeHour).find(([name]) => name === type);
    return each(numberOf(count, 1), `nodes ${textOf(type ?? '')}`, (found?.[1] ?? Number.NaN) * monthHours);
  },
  'AWS::KMS::Key': () => [['key', prices.key]],
  'AWS::Kinesis::Stream': (properties) => {
    const onDemand = stringAt(objectAt(properties, 'StreamModeDetails'), 'StreamMode') === 'ON_DEMAND';
    const shards = numberOf(properties['ShardCount'], 1);
    return onDemand
      ? [['stream on demand', prices.kinesis.onDemandHour * monthHours]]
      : each(shards, 'shards', prices.kinesis.shardHour * monthHours);
  },
  'AWS::SecretsManager::Secret': ({ ReplicaRegions: copies }) =>
    each(1 + countOf(copies), 'secret and copies', prices.secret),
  'AWS::WAFv2::WebACL': ({ Rules: rules }) => [
    ['web ACL', prices.waf.webAcl],
    [`${countOf(rules)} rules`, countOf(rules) * prices.waf.rule],
  ],
};

/** Environments of functions that are always ready; the least of them, and nothing for a table, which counts by its own units. */
function keptReady(properties: JsonObject, all: readonly StageResource[]): Rest {
  if (properties['ServiceNamespace'] !== 'lambda') return [];
  const [, logicalId] = /(\w+)\.Alias/.exec(JSON.stringify(properties['ResourceId'] ?? '')) ?? [];
  const own = all.find(({ where }) => where === logicalId)?.properties ?? {};
  const [memory, count] = [memoryOf(own), numberOf(properties['MinCapacity'], 0)];
  const second = prices.lambda.readyPerGbSecond[architectureOf(own)] * (memory / 1_024);
  return each(count, `environments of ${memory} MB kept ready`, second * monthHours * 3_600);
}

/** Memory of a function in MB. */
export const memoryOf = (properties: JsonObject): number => numberOf(properties['MemorySize'], 128);

export function architectureOf({ Architectures: architectures }: JsonObject): Architecture {
  return isList(architectures) && architectures.includes('arm64') ? 'arm64' : 'x86_64';
}

/** What the resources of a stage cost in a month in which nobody uses them. */
export function priceAtRest(resources: readonly StageResource[]): CostLine[] {
  return resources.flatMap((resource) => {
    const priced = pricesAtRest[resource.type]?.(resource.properties, resources) ?? [];
    return priced.map(([what, cost]): CostLine => ({ where: resource.where, what, cost, basis: 'at rest' }));
  });
}

/** Whether a type has a price of its own, used or not. */
export const isPricedAtRest = (type: string): boolean => Object.hasOwn(pricesAtRest, type);
