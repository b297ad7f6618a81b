import { stringAt, type JsonObject } from '../lib/json.ts';
import { referencedBy } from '../template/reference-names.ts';
import { blocksOf } from './fill-stacks.ts';

/** What outlives functions, or is there for all of them, stays in the root. */
const shared =
  /^AWS::(CloudFormation|ApiGateway|DynamoDB|SecretsManager|S3|Kinesis|KMS|RDS|ElastiCache)::|^AWS::Serverless::(?!Function$)/;

const isShared = (block: JsonObject): boolean => shared.test(stringAt(block, 'Type') ?? '');
export const isFunction = (block: JsonObject): boolean => block['Type'] === 'AWS::Serverless::Function';

/**
 * What goes where a function goes, by its logical id: resources that it refers to or that refer to it, directly or through each
 * other, and that no other function has to do with. Its log group, alarms, queues, subscriptions and permissions, say.
 */
export function ownResources(template: JsonObject): Map<string, string[]> {
  const blocks = new Map(blocksOf(template));
  const linked = links(blocks);
  const own = new Map<string, string[]>([...blocks].filter(([, block]) => isFunction(block)).map(([id]) => [id, []]));
  const seen = new Set<string>();
  for (const [id, block] of blocks) {
    if (seen.has(id) || isFunction(block) || isShared(block)) continue;
    const { resources, functions } = around(id, linked, own);
    for (const it of resources) seen.add(it);
    const [only, ...others] = functions;
    if (only !== undefined && others.length === 0) own.get(only)?.push(...resources);
  }
  return own;
}

/** What is linked with a resource, directly or through others that are no functions. */
function around(
  start: string,
  linked: ReadonlyMap<string, ReadonlySet<string>>,
  known: ReadonlyMap<string, unknown>,
): { resources: string[]; functions: string[] } {
  const resources = new Set<string>([start]);
  const functions = new Set<string>();
  for (const id of resources) {
    for (const other of linked.get(id) ?? []) (known.has(other) ? functions : resources).add(other);
  }
  return { resources: [...resources], functions: [...functions] };
}

/** Who refers to whom, both ways, of everything that may move. */
function links(blocks: ReadonlyMap<string, JsonObject>): Map<string, Set<string>> {
  const movable = new Map([...blocks].filter(([, block]) => !isShared(block)));
  const linked = new Map<string, Set<string>>([...movable.keys()].map((id) => [id, new Set()]));
  for (const [id, block] of movable) {
    for (const other of referencedBy(block)) {
      if (other === id || !movable.has(other)) continue;
      linked.get(id)?.add(other);
      linked.get(other)?.add(id);
    }
  }
  return linked;
}
