import { canonical, isObject, objectAt, type JsonObject } from '../../../tools/lib/json.ts';
import { joinTemplates } from '../../../tools/stacks/join-templates.ts';
import { withPlacement, placementOf } from '../../../tools/stacks/placement.ts';
import type { SplitTemplate } from '../../../tools/stacks/split-template.ts';
import { mapReferences } from '../../../tools/stacks/references.ts';

/** The templates of a split, by the stack's logical id; `root` for the root. */
export const templatesOf = ({ root, nested }: SplitTemplate): Readonly<Record<string, JsonObject>> => ({
  root,
  ...nested,
});

/** What a template speaks of and does not have: references, DependsOn, and outputs of its nested stacks. */
export function unresolved({ root, nested }: SplitTemplate): string[] {
  return Object.entries(templatesOf({ root, nested })).flatMap(([stack, template]) => {
    const { Metadata: _, ...rest } = template;
    const known = new Set([...Object.keys(objectAt(rest, 'Resources')), ...Object.keys(objectAt(rest, 'Parameters'))]);
    const blocks = [...Object.values(objectAt(rest, 'Resources')), ...Object.values(objectAt(rest, 'Outputs'))];
    const spoken = blocks.flatMap((block) => (isObject(block) ? spokenOf(block) : []));
    const missing = spoken.filter((id) => !id.startsWith('AWS::') && !known.has(id));
    const outputs = [...JSON.stringify(rest).matchAll(/"(\w+)","Outputs\.(\w+)"|\$\{(\w+)\.Outputs\.(\w+)\}/g)]
      .map(([, one, name, other, its]) => [one ?? other ?? '', name ?? its ?? ''] as const)
      .filter(([id, name]) => nested[id] !== undefined && objectAt(nested[id], 'Outputs')[name] === undefined);
    return [...missing.map((id) => `${stack}: ${id}`), ...outputs.map((it) => `${stack}: ${it.join('.Outputs.')}`)];
  });
}

function spokenOf(block: JsonObject): string[] {
  const found = [block['DependsOn'] ?? []].flat().map(String);
  mapReferences(block, (reference) => {
    found.push(reference.split('.')[0] ?? '');
    return undefined;
  });
  return found;
}

/** Every parameter of a nested stack that the root gives no value, or the other way round. */
export function ungiven({ root, nested }: SplitTemplate): string[] {
  return Object.entries(nested).flatMap(([stack, template]) => {
    const block = objectAt(objectAt(root, 'Resources'), stack);
    const given = Object.keys(objectAt(objectAt(block, 'Properties'), 'Parameters'));
    const declared = Object.keys(objectAt(template, 'Parameters'));
    const alone = [...given.filter((it) => !declared.includes(it)), ...declared.filter((it) => !given.includes(it))];
    return alone.map((it) => `${stack}: ${it}`);
  });
}

/** A flat template in a form in which two are equal that mean the same: the order within a stack means nothing. */
export function comparable(template: JsonObject): string {
  const placement = Object.entries(placementOf(template)).map(([stack, ids]) => [stack, [...ids].sort()] as const);
  return canonical(withPlacement(template, Object.fromEntries(placement)));
}

/** The flat template again, in the form of {@link comparable}. */
export const joined = ({ root, nested }: SplitTemplate): string => comparable(joinTemplates(root, nested));
