import { Failure } from '../lib/failure.ts';
import { isList, isObject, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { referencesIn } from '../template/reference-names.ts';

/** Names of the template's entries that only some functions need, by section. */
export interface OwnBlocks {
  readonly Parameters: readonly string[];
  readonly Conditions: readonly string[];
  readonly Resources: readonly string[];
  readonly Outputs: readonly string[];
}

/** What never belongs to functions, whoever refers to it. */
const common = new Set([
  'AWS::Serverless::Function',
  'AWS::Serverless::LayerVersion',
  'AWS::Serverless::Api',
  'AWS::CloudFormation::Stack',
]);

/**
 * The entries that go with functions: themselves, the resources that nothing else refers to, the outputs that show one of
 * these, and the parameters and conditions that nothing uses then.
 * @param settings samconfig.toml, which may set such a parameter
 * @throws Failure where something that stays refers to one of them
 */
export function ownBlocks(template: JsonObject, logicalIds: readonly string[], settings: string): OwnBlocks {
  const all = objectAt(template, 'Resources');
  const gone = ownResources(all, logicalIds);
  const staying = Object.entries(all).filter(([id]) => !gone.has(id));
  for (const [id, block] of staying) {
    const used = [...mentions(block)].find((name) => gone.has(name));
    if (used !== undefined) throw new Failure(`${id} refers to ${used}.`, `Take that out of ${id} first.`);
    const name = [...gone].flatMap((it) => physicalNames(all[it])).find((it) => saysName(block, it));
    if (name !== undefined) throw new Failure(`${id} speaks of ${name}.`, `Take that out of ${id} first.`);
  }
  const outputs = objectAt(template, 'Outputs');
  const Outputs = Object.keys(outputs).filter((id) => {
    const names = [...gone].flatMap((it) => physicalNames(all[it]));
    const output = outputs[id] ?? null;
    return [...mentions(output)].some((it) => gone.has(it)) || names.some((it) => saysName(output, it));
  });
  const kept = { ...template, Resources: Object.fromEntries(staying), Outputs: without(outputs, new Set(Outputs)) };
  const Conditions = idle(template, kept, 'Conditions');
  const Parameters = idle(
    template,
    { ...kept, Conditions: without(objectAt(template, 'Conditions'), new Set(Conditions)) },
    'Parameters',
  );
  const set = Parameters.find((name) => new RegExp(`\\b${name}=`).test(settings));
  if (set !== undefined) throw new Failure(`samconfig.toml sets ${set}, which goes too.`, 'Take it out there first.');
  return { Parameters, Conditions, Resources: [...gone], Outputs };
}

function ownResources(all: JsonObject, logicalIds: readonly string[]): Set<string> {
  const refersTo = new Map(
    Object.entries(all).map(([id, block]) => [id, [...mentions(block)].filter((name) => Object.hasOwn(all, name))]),
  );
  const isCommon = (id: string): boolean => common.has(stringAt(all[id], 'Type') ?? '');
  const isStack = (id: string): boolean => stringAt(all[id], 'Type') === 'AWS::CloudFormation::Stack';
  // All that the functions need, and what serves one of these; then without what others need.
  const own = new Set(logicalIds);
  for (const id of own) for (const it of refersTo.get(id) ?? []) if (!isCommon(it)) own.add(it);
  const serves = ([id, names]: readonly [string, string[]]): boolean =>
    isCommon(id)
      ? isStack(id) && names.length > 0 && names.every((it) => own.has(it))
      : names.some((it) => own.has(it));
  for (const [id] of [...refersTo].filter(serves)) own.add(id);
  const isNeeded = (id: string): boolean => {
    const users = [...refersTo].filter(([user, names]) => user !== id && names.includes(id)).map(([user]) => user);
    // One that nothing refers to, as the policy of a queue, goes where all that it speaks of does.
    const speaksOf = users.length > 0 ? users : (refersTo.get(id) ?? []).filter((it) => !isCommon(it));
    return speaksOf.some((it) => !own.has(it));
  };
  for (let before = 0; before !== own.size;) {
    before = own.size;
    for (const id of own) if (!logicalIds.includes(id) && isNeeded(id)) own.delete(id);
  }
  return new Set(Object.keys(all).filter((id) => own.has(id)));
}

/** Logical ids and conditions that a block speaks of. */
function mentions(block: Json): Set<string> {
  const found = new Set([...referencesIn(block)].map((name) => name.split('.')[0] ?? name));
  const visit = (value: Json): void => {
    if (isList(value)) value.forEach(visit);
    if (!isObject(value)) return;
    for (const [key, member] of Object.entries(value)) {
      const first = key === 'Fn::If' && isList(member) ? member[0] : member;
      const names = isList(first) ? first : [first];
      if (/^(Fn::If|Condition|DependsOn)$/.test(key)) for (const it of names) if (typeof it === 'string') found.add(it);
      visit(member);
    }
  };
  visit(block);
  return found;
}

/** The names that a resource is given, as the template writes them: `${App}-users-${Stage}`. */
function physicalNames(block: Json | undefined): string[] {
  return Object.entries(objectAt(block, 'Properties')).flatMap(([key, value]) => {
    const text = key.endsWith('Name') ? stringAt(value, 'Fn::Sub') : undefined;
    return text === undefined ? [] : [text];
  });
}

/** Whether a block holds the name, and does not give it to itself: names of different kinds may be the same. */
function saysName(block: Json, name: string): boolean {
  return JSON.stringify(block).includes(JSON.stringify({ 'Fn::Sub': name })) && !physicalNames(block).includes(name);
}

/** The entries of a section that something used, and that nothing uses now. */
function idle(before: JsonObject, after: JsonObject, section: 'Parameters' | 'Conditions'): string[] {
  const used = (template: JsonObject): Set<string> => mentions({ ...template, Parameters: {} });
  const [then, now] = [used(before), used(after)];
  return Object.keys(objectAt(before, section)).filter((name) => then.has(name) && !now.has(name));
}

function without(map: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([name]) => !names.has(name)));
}
