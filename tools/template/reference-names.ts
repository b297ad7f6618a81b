import { dirname, join } from 'node:path';
import { isList, isObject, objectAt, textOf, type Json, type JsonObject } from '../lib/json.ts';
import { isLocalPath } from './local-files.ts';
import { mergeGlobals } from './merge-globals.ts';
import { readTemplate } from './read-template.ts';
import { resolveIntrinsics } from './resolve-intrinsics.ts';

/** The property by which a resource is given its physical name, where it is not `Name`. */
const nameProperties = [
  'Name',
  'TableName',
  'QueueName',
  'TopicName',
  'BucketName',
  'FunctionName',
  'LogGroupName',
  'AlarmName',
  'RoleName',
  'StreamName',
  'SecretName',
  'StateMachineName',
  'EventBusName',
  'UserPoolName',
  'ClusterName',
  'DomainName',
  'ReplicationGroupId',
];

type Resources = Readonly<Record<string, JsonObject>>;

/**
 * The names behind the references of a function's properties, such as `{'Data.Outputs.TableName': 'aviary-main-local'}`.
 * AutoPublishAlias publishes no version when a name changes behind a `Ref`, so the name is part of the release.
 * What has no name of its own in the template is left out: CloudFormation names it, and keeps that name.
 */
export function referenceNames(properties: Json, resources: Resources, root: string): Record<string, string> {
  const names: Record<string, string> = {};
  for (const reference of referencesIn(properties)) {
    const [logicalId = '', ...attribute] = reference.split('.');
    const name = nameBehind(logicalId, attribute, resources, root);
    if (name !== undefined) names[reference] = name;
  }
  return Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every `X` and `X.Attribute` that `Ref`, `Fn::GetAtt` and `Fn::Sub` speak of. */
export function referencesIn(value: Json): Set<string> {
  const found = new Set<string>();
  const visit = (node: Json): void => {
    if (isList(node)) node.forEach(visit);
    if (!isObject(node)) return;
    for (const [key, member] of Object.entries(node)) {
      if (key === 'Ref' && typeof member === 'string') found.add(member);
      else if (key === 'Fn::GetAtt') found.add(isList(member) ? member.map(textOf).join('.') : textOf(member));
      else {
        if (key === 'Fn::Sub') {
          const text = isList(member) ? member[0] : member;
          for (const [, name] of textOf(text ?? '').matchAll(/\$\{([^!}][^}]*)\}/g))
            if (name !== undefined) found.add(name.trim());
        }
        visit(member);
      }
    }
  };
  visit(value);
  return found;
}

/** Logical ids that a resource depends on: by a reference, or by DependsOn. */
export function referencedBy(block: JsonObject): string[] {
  const depends = [block['DependsOn'] ?? []].flat().map(textOf);
  return [...depends, ...[...referencesIn(block)].map((reference) => reference.split('.')[0] ?? reference)];
}

function nameBehind(logicalId: string, attribute: string[], resources: Resources, root: string): string | undefined {
  const block = resources[logicalId];
  if (!block) return undefined;
  const properties = objectAt(block, 'Properties');
  const nested = properties['TemplateURL'] ?? properties['Location'];
  if (attribute[0] === 'Outputs' && isLocalPath(nested)) {
    return nameInNested(nested, attribute[1] ?? '', objectAt(properties, 'Parameters'), root);
  }
  const name = nameProperties.map((property) => properties[property]).find((value) => value !== undefined);
  // A name that CloudFormation completes, with the account's number perhaps, stands here as the template has it.
  return name === undefined ? undefined : textOf(name);
}

function nameInNested(path: string, output: string, given: JsonObject, root: string): string | undefined {
  const template = readTemplate(join(root, path), path);
  const parameters: Record<string, Json> = {};
  for (const [name, parameter] of Object.entries(objectAt(template, 'Parameters'))) {
    const value = given[name] ?? (isObject(parameter) ? parameter['Default'] : undefined);
    if (value !== undefined && !isObject(value)) parameters[name] = value;
  }
  const known = { parameters, mappings: objectAt(template, 'Mappings'), conditions: new Map<string, boolean>() };
  const value = resolveIntrinsics(objectAt(objectAt(template, 'Outputs'), output)['Value'] ?? null, known);
  if (typeof value === 'string') return value;
  const blocks = Object.entries(objectAt(template, 'Resources')).flatMap(([name, block]): [string, JsonObject][] => {
    const resolved = isObject(block)
      ? resolveIntrinsics(mergeGlobals(block, objectAt(template, 'Globals')), known)
      : null;
    return isObject(resolved) ? [[name, resolved]] : [];
  });
  const names = [...referencesIn(value)].flatMap((reference) => {
    const [logicalId = '', ...attribute] = reference.split('.');
    return nameBehind(logicalId, attribute, Object.fromEntries(blocks), join(root, dirname(path))) ?? [];
  });
  const isReference = isObject(value) && ('Ref' in value || 'Fn::GetAtt' in value);
  // Of a text that is made of names, as by Fn::Sub, the words between them count too.
  const parts = isReference || value === null ? names : [textOf(value), ...names];
  return parts.length === 0 ? undefined : parts.join(' ');
}
