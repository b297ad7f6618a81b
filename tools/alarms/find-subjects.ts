import { Failure } from '../lib/failure.ts';
import { isList, isObject, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import type { SubjectKind } from './alarm-rule.ts';

/** Something that alarms are about. */
export interface Subject {
  readonly kinds: readonly SubjectKind[];
  /** What its alarms are named after: `users` of `<app>-users-<stage>`. */
  readonly name: string;
  /** For `{table}`, `{index}` and `{node}` in the rules' texts. */
  readonly values: Readonly<Record<string, string>>;
  /** Condition of infra/alarms.yaml without which it is not there. */
  readonly condition?: string;
}

/**
 * What template.yaml and the templates under infra/ have that alarms can be about, in the order of kinds and names.
 * @param templates as `parseTemplate` gives them, the root first
 * @throws Failure for a resource whose name does not have the form `${App}-<name>-${Stage}`
 */
export function findSubjects(templates: readonly JsonObject[]): Subject[] {
  const blocks = templates.flatMap((template) => Object.entries(objectAt(template, 'Resources')));
  const asked = { authorizers: authorizersOf(blocks), hooks: hooksOf(templates, blocks) };
  const all = blocks.flatMap(([id, block]) => subjectsOf(id, block, asked));
  return all.sort((a, b) => compare(a.kinds[0] ?? '', b.kinds[0] ?? '') || compare(a.name, b.name));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Logical ids of the functions that something else asks than callers. */
interface Asked {
  readonly authorizers: ReadonlySet<string>;
  readonly hooks: ReadonlySet<string>;
}

function subjectsOf(id: string, block: Json, asked: Asked): Subject[] {
  const named = (property: string): string => nameIn(id, block, property);
  switch (stringAt(block, 'Type') ?? '') {
    case 'AWS::Serverless::Function':
      return [functionSubject(id, named('FunctionName'), block, asked)];
    case 'AWS::SQS::Queue':
      return [{ kinds: [id.endsWith('DeadLetters') ? 'dead-letters' : 'queue'], name: named('QueueName'), values: {} }];
    case 'AWS::Kinesis::Stream':
      return [{ kinds: ['stream'], name: named('Name'), values: {} }];
    case 'AWS::DynamoDB::Table':
      return tableSubjects(named('TableName'), block);
    case 'AWS::Serverless::Api':
      return [{ kinds: ['api'], name: 'api', values: {} }];
    case 'AWS::WAFv2::WebACL':
      return [{ kinds: ['firewall'], name: 'firewall', values: {}, condition: 'HasWaf' }];
    case 'AWS::ElastiCache::ReplicationGroup':
      return ['001', '002'].map((node) => ({
        kinds: ['cache-node'],
        name: `cache-${node}`,
        values: { node },
        condition: `HasCache${node}`,
      }));
    default:
      return [];
  }
}

function functionSubject(id: string, name: string, block: Json, { authorizers, hooks }: Asked): Subject {
  const properties = objectAt(block, 'Properties');
  const events = Object.values(objectAt(properties, 'Events')).flatMap((event) => stringAt(event, 'Type') ?? []);
  const isFed = events.some((type) => ['SQS', 'Kinesis', 'DynamoDB'].includes(type));
  const reads = events.some((type) => ['Kinesis', 'DynamoDB'].includes(type));
  return {
    kinds: [
      'function',
      ...(authorizers.has(id) ? (['authorizer'] as const) : []),
      ...(hooks.has(id) ? (['hook'] as const) : []),
      ...(events.includes('Api') ? (['http'] as const) : []),
      ...(isFed ? (['batch'] as const) : []),
      ...(reads ? (['reader'] as const) : []),
    ],
    name,
    values: {},
  };
}

/** A table, and each of its indexes. */
function tableSubjects(table: string, block: Json): Subject[] {
  const listed = objectAt(block, 'Properties')['GlobalSecondaryIndexes'];
  const indexes = isList(listed) ? listed.flatMap((it) => stringAt(it, 'IndexName') ?? []) : [];
  return [
    { kinds: ['table'], name: `${table}-table`, values: { table } },
    ...indexes.map((index): Subject => ({ kinds: ['index'], name: `${table}-${index}`, values: { table, index } })),
  ];
}

/** Logical ids of the functions that a gateway asks who calls. */
function authorizersOf(blocks: readonly (readonly [string, Json])[]): Set<string> {
  const asked = blocks.flatMap(([, block]) =>
    Object.values(objectAt(objectAt(objectAt(block, 'Properties'), 'Auth'), 'Authorizers')),
  );
  return new Set(asked.flatMap((it) => stringAt(objectAt(it, 'FunctionArn'), 'Ref')?.split('.')[0] ?? []));
}

/** Logical ids of the functions that CodeDeploy asks before it moves traffic, or after. */
function hooksOf(templates: readonly JsonObject[], blocks: readonly (readonly [string, Json])[]): Set<string> {
  const preferences = [
    ...templates.map((template) => objectAt(objectAt(template, 'Globals'), 'Function')),
    ...blocks.map(([, block]) => objectAt(block, 'Properties')),
  ].map((properties) => objectAt(properties, 'DeploymentPreference'));
  const hooks = preferences.flatMap((it) => Object.values(objectAt(it, 'Hooks')));
  return new Set(hooks.flatMap((hook) => stringAt(hook, 'Ref') ?? []));
}

function nameIn(id: string, block: Json, property: string): string {
  const value = objectAt(block, 'Properties')[property];
  const text = isObject(value) ? stringAt(value, 'Fn::Sub') : undefined;
  const name = /^\$\{App\}-([a-z0-9-]+)-\$\{Stage\}$/.exec(text ?? '')?.[1];
  if (name !== undefined) return name;
  throw new Failure(
    `${id} has no ${property} of the form \${App}-<name>-\${Stage}, so its alarms cannot speak of it.`,
    `Give it ${property}: !Sub \${App}-<name>-\${Stage}.`,
  );
}
