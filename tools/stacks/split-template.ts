import { Failure } from '../lib/failure.ts';
import { isList, isObject, objectAt, stringAt, textOf, type Json, type JsonObject } from '../lib/json.ts';
import { spokenOf } from '../plan/compose.ts';
import { referencesIn } from '../template/reference-names.ts';
import { moveRoutes } from './move-routes.ts';
import { homesOf, placementOf, withPlacement, type Placement } from './placement.ts';
import { mapReferences } from './references.ts';
import { limits } from './weigh-resource.ts';

/** What CloudFormation gets for one flat template. */
export interface SplitTemplate {
  readonly root: JsonObject;
  /** Of each nested stack, by its logical id; the root names the file `<id>.yaml`. */
  readonly nested: Readonly<Record<string, JsonObject>>;
}

/** What SAM makes for a function, and refers to by `Ref` alone. (aws-sam-translator, `referable_properties`.) */
const madeBySam = /\.(Alias|Version|Stage|Deployment)$/;

/**
 * Splits a flat template by the placement that it has. References from one stack to another become parameters and
 * outputs; `joinTemplates` turns them back.
 * @throws Failure for a stack above what CloudFormation takes
 */
export function splitTemplate(flat: JsonObject): SplitTemplate {
  const placed = placementOf(flat);
  if (Object.keys(placed).length === 0) return { root: flat, nested: {} };
  const { resources, placement, events } = moveRoutes(objectAt(flat, 'Resources'), placed);
  const split = new Split(flat, resources, placement);
  const nested = Object.fromEntries(
    Object.keys(placement).map((stack) => [stack, split.nested(stack, placed[stack] !== undefined ? events : {})]),
  );
  const root = split.root(Object.keys(placed));
  // The outputs that others ask for are known now.
  const whole = Object.fromEntries(Object.entries(nested).map(([stack, it]) => [stack, split.withOutputs(stack, it)]));
  for (const [stack, template] of [['The root', root] as const, ...Object.entries(whole)]) assertFits(stack, template);
  return { root, nested: whole };
}

class Split {
  readonly #flat: JsonObject;
  readonly #resources: JsonObject;
  readonly #placement: Placement;
  readonly #homes: ReadonlyMap<string, string>;
  /** Of each stack: its parameters, with the reference that the root gives each. */
  readonly #given = new Map<string, Map<string, JsonObject>>();
  /** Of each stack: what others refer to of it, by the name of the output. */
  readonly #outputs = new Map<string, Map<string, JsonObject>>();
  /** Of each stack: what it waits for. */
  readonly #waits = new Map<string, Set<string>>();
  /** DependsOn as it was, of the blocks where it is not any more. */
  readonly #dependsOn: Record<string, Json> = {};

  constructor(flat: JsonObject, resources: JsonObject, placement: Placement) {
    this.#flat = flat;
    this.#resources = resources;
    this.#placement = placement;
    this.#homes = homesOf(placement);
  }

  nested(stack: string, events: Readonly<Record<string, string>>): JsonObject {
    const ids = this.#placement[stack] ?? [];
    const blocks = Object.fromEntries(ids.map((id) => [id, this.#block(id)]));
    const conditions = spokenOf(objectAt(this.#flat, 'Conditions'), blocks);
    const outputs = this.#outputsOf(stack);
    const bodies = this.#rewrite(
      {
        Resources: blocks,
        ...(isEmpty(conditions) ? {} : { Conditions: conditions }),
        ...(isEmpty(outputs) ? {} : { Outputs: outputs }),
      },
      stack,
    );
    const given = [...(this.#given.get(stack) ?? [])].map(([name]) => [name, this.#declare(name)] as const);
    const record = objectAt(objectAt(objectAt(this.#flat, 'Metadata'), 'Aviary'), 'resources');
    const own = (values: JsonObject): JsonObject =>
      Object.fromEntries(Object.entries(values).filter(([id]) => ids.includes(id)));
    const { AWSTemplateFormatVersion, Transform } = this.#flat;
    return {
      ...(AWSTemplateFormatVersion === undefined ? {} : { AWSTemplateFormatVersion }),
      ...(Transform === undefined ? {} : { Transform }),
      Description: `${stack} - a part of the stack that it is nested in`,
      Metadata: { AviaryPart: { resources: own(record), events: own(events), outputs: Object.keys(outputs) } },
      ...(given.length === 0 ? {} : { Parameters: Object.fromEntries(given) }),
      ...(isObject(bodies) ? bodies : {}),
    };
  }

  root(placedStacks: readonly string[]): JsonObject {
    const left = Object.keys(this.#resources).filter((id) => !this.#homes.has(id));
    const blocks = Object.fromEntries(left.map((id) => [id, this.#block(id)]));
    const resources = this.#rewrite(blocks, undefined);
    const outputs = this.#rewrite(this.#outputsOf(undefined), undefined);
    const stacks = Object.keys(this.#placement).map(
      (id) => [id, this.#stackBlock(id, placedStacks.includes(id))] as const,
    );
    const metadata = objectAt(withPlacement(this.#flat, {}), 'Metadata');
    const record = objectAt(metadata, 'Aviary');
    const stay = Object.entries(objectAt(record, 'resources')).filter(([id]) => !this.#homes.has(id));
    return {
      ...this.#flat,
      Metadata: {
        ...metadata,
        Aviary: {
          ...record,
          resources: Object.fromEntries(stay),
          ...(isEmpty(this.#dependsOn) ? {} : { dependsOn: this.#dependsOn }),
        },
      },
      Resources: { ...(isObject(resources) ? resources : {}), ...Object.fromEntries(stacks) },
      ...('Outputs' in this.#flat ? { Outputs: outputs } : {}),
    };
  }

  withOutputs(stack: string, template: JsonObject): JsonObject {
    const outputs = [...(this.#outputs.get(stack) ?? [])].map(([name, value]): [string, JsonObject] => {
      const [member = ''] = Object.values(value);
      const id = textOf(isList(member) ? (member[0] ?? '') : member).replace(/\..*$/, '');
      const condition = stringAt(objectAt(this.#resources, id), 'Condition');
      return [name, { ...(condition === undefined ? {} : { Condition: condition }), Value: value }];
    });
    if (outputs.length === 0) return template;
    return { ...template, Outputs: { ...objectAt(template, 'Outputs'), ...Object.fromEntries(outputs) } };
  }

  /** The outputs of the flat template that speak of one stack alone, which has them; the root has the others. */
  #outputsOf(stack: string | undefined): JsonObject {
    const outputs = Object.entries(objectAt(this.#flat, 'Outputs')).filter(([, output]) => {
      const homes = new Set([...referencesIn(output)].map((it) => this.#homes.get(it.split('.')[0] ?? '')));
      const [home, ...others] = homes;
      return (others.length === 0 ? home : undefined) === stack;
    });
    return Object.fromEntries(outputs);
  }

  /** A block with its DependsOn as its stack can have it. */
  #block(id: string): JsonObject {
    const { DependsOn, ...block } = objectAt(this.#resources, id);
    if (DependsOn === undefined) return block;
    const here = this.#homes.get(id);
    const wanted = (isList(DependsOn) ? DependsOn : [DependsOn]).map(textOf);
    const near = wanted.filter((it) => this.#homes.get(it) === here);
    const far = wanted.filter((it) => this.#homes.get(it) !== here).map((it) => this.#homes.get(it) ?? it);
    if (far.length === 0) return { ...block, DependsOn };
    this.#dependsOn[id] = DependsOn;
    if (here !== undefined) this.#waits.set(here, new Set([...(this.#waits.get(here) ?? []), ...far]));
    const now = here === undefined ? [...near, ...new Set(far)] : near;
    return now.length === 0 ? block : { ...block, DependsOn: now };
  }

  #stackBlock(stack: string, holdsResources: boolean): JsonObject {
    const waits = [...(this.#waits.get(stack) ?? [])];
    const given = Object.fromEntries(this.#given.get(stack) ?? []);
    return {
      Type: 'AWS::CloudFormation::Stack',
      ...(waits.length === 0 ? {} : { DependsOn: waits }),
      Metadata: { Aviary: { holds: holdsResources ? 'resources' : 'permissions' } },
      Properties: {
        TemplateURL: `${stack}.yaml`,
        ...(isEmpty(given) ? {} : { Parameters: this.#rewrite(given, undefined) }),
      },
    };
  }

  /** @param here the stack that the value is in; undefined for the root */
  #rewrite(value: JsonObject, here: string | undefined): Json {
    return mapReferences(value, (reference, expression) => {
      const [id = ''] = reference.split('.');
      const there = this.#homes.get(id);
      if (there === here) return undefined;
      const asked = expression ?? this.#expression(reference);
      if (here !== undefined) return { Ref: this.#name(this.#given, here, reference, asked) };
      return { 'Fn::GetAtt': [there ?? '', `Outputs.${this.#name(this.#outputs, there ?? '', reference, asked)}`] };
    });
  }

  #expression(reference: string): JsonObject {
    const [id = '', ...attribute] = reference.split('.');
    const sam = stringAt(objectAt(this.#resources, id), 'Type')?.startsWith('AWS::Serverless::') === true;
    if (attribute.length === 0 || (sam && madeBySam.test(reference))) return { Ref: reference };
    return { 'Fn::GetAtt': [id, attribute.join('.')] };
  }

  /** The name of a parameter or an output: the reference without its dots, with a number where that is taken. */
  #name(names: Map<string, Map<string, JsonObject>>, stack: string, reference: string, asked: JsonObject): string {
    const known = names.get(stack) ?? new Map<string, JsonObject>();
    names.set(stack, known);
    const plain = reference.replaceAll(/[^A-Za-z0-9]/g, '');
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? plain : `${plain}${number}`;
      const taken = known.get(name);
      if (taken && JSON.stringify(taken) === JSON.stringify(asked)) return name;
      if (taken || this.#isTaken(names === this.#given, stack, name)) continue;
      known.set(name, asked);
      return name;
    }
  }

  #isTaken(parameter: boolean, stack: string, name: string): boolean {
    return parameter ? this.#placement[stack]?.includes(name) === true : name in objectAt(this.#flat, 'Outputs');
  }

  #declare(name: string): JsonObject {
    const { NoEcho } = objectAt(objectAt(this.#flat, 'Parameters'), name);
    return { Type: 'String', ...(NoEcho === undefined ? {} : { NoEcho }) };
  }
}

const isEmpty = (value: JsonObject): boolean => Object.keys(value).length === 0;

function assertFits(stack: string, template: JsonObject): void {
  const count = (section: string): number => Object.keys(objectAt(template, section)).length;
  const found = [
    ['resources', count('Resources'), limits.resources],
    ['parameters', count('Parameters'), limits.parameters],
    ['outputs', count('Outputs'), limits.outputs],
    ['bytes', JSON.stringify(template).length, limits.bytes],
  ] as const;
  for (const [what, number, most] of found) {
    if (number <= most) continue;
    throw new Failure(
      `${stack} would have ${number} ${what}, and CloudFormation takes ${most}.`,
      'Give some of its functions a Domain of their own in template.yaml, or take outputs out that nobody reads.',
    );
  }
}
