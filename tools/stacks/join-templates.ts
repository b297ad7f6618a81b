import { isList, isObject, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { blocksOf } from './fill-stacks.ts';
import { withEvents, withoutBody } from './move-routes.ts';
import { mapReferences } from './references.ts';

/** The nested stacks of a deployed root that hold a part of its resources: the address of each template, by logical id. */
export function placedStacks(root: JsonObject): Map<string, string> {
  const stacks = madeStacks(root).filter(([, block]) => heldBy(block) === 'resources');
  return new Map(stacks.map(([id, block]) => [id, templateOf(block)]));
}

/** The nested stacks that splitting made, those of permissions too. */
function madeStacks(root: JsonObject): [string, JsonObject][] {
  return blocksOf(root).filter(([, block]) => heldBy(block) !== undefined);
}

const heldBy = (block: JsonObject): string | undefined =>
  stringAt(objectAt(objectAt(block, 'Metadata'), 'Aviary'), 'holds');
const templateOf = (block: JsonObject): string => stringAt(objectAt(block, 'Properties'), 'TemplateURL') ?? '';

/**
 * The flat template of a root and its nested stacks: what `splitTemplate` made them of.
 * @param nested the templates of {@link placedStacks}, by logical id
 */
export function joinTemplates(root: JsonObject, nested: Readonly<Record<string, JsonObject>>): JsonObject {
  const stacks = placedStacks(root);
  if (stacks.size === 0) return root;
  const join = new Join(root, nested);
  const own = blocksOf(root).filter(([, block]) => heldBy(block) === undefined);
  const { dependsOn, ...record } = objectAt(objectAt(root, 'Metadata'), 'Aviary');
  const blocks = [
    ...own.map(([id, block]): [string, JsonObject] => [id, withoutBody(join.inRoot(block))]),
    ...[...stacks.keys()].flatMap((stack) => join.blocksOf(stack)),
  ].map(([id, block]) => [id, depending(block, isObject(dependsOn) ? dependsOn[id] : undefined)] as const);
  const parts = [...stacks.keys()].map((stack) => partOf(nested[stack], 'resources'));
  const ids = [...stacks.keys()].map((stack) => [stack, Object.keys(objectAt(nested[stack], 'Resources'))] as const);
  return {
    ...root,
    Metadata: {
      ...objectAt(root, 'Metadata'),
      Aviary: {
        ...record,
        resources: merged([objectAt(record, 'resources'), ...parts]),
        stacks: Object.fromEntries(ids),
        // So that nobody takes them for templates that nothing uses.
        templates: Object.fromEntries(madeStacks(root).map(([id, block]) => [id, templateOf(block)])),
      },
    },
    Resources: Object.fromEntries(blocks),
    ...('Outputs' in root
      ? { Outputs: merged([join.inRoot(root['Outputs'] ?? {}), ...[...stacks.keys()].map((it) => join.outputsOf(it))]) }
      : {}),
  };
}

const merged = (parts: readonly JsonObject[]): JsonObject =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(part)));

/** What splitting noted of a nested stack. */
function partOf(template: JsonObject | undefined, key: string): JsonObject {
  return objectAt(objectAt(objectAt(template, 'Metadata'), 'AviaryPart'), key);
}

function depending(block: JsonObject, dependsOn: Json | undefined): JsonObject {
  return dependsOn === undefined ? block : { ...block, DependsOn: dependsOn };
}

class Join {
  readonly #root: JsonObject;
  readonly #nested: Readonly<Record<string, JsonObject>>;

  constructor(root: JsonObject, nested: Readonly<Record<string, JsonObject>>) {
    this.#root = root;
    this.#nested = nested;
  }

  /** A block of the root with what nested stacks put out in place of their outputs. */
  inRoot(value: Json): JsonObject {
    const joined = mapReferences(value, (reference) => this.#putOut(reference));
    return isObject(joined) ? joined : {};
  }

  blocksOf(stack: string): [string, JsonObject][] {
    const template = this.#nested[stack];
    const events = partOf(template, 'events');
    return Object.entries(objectAt(template, 'Resources')).map(([id, block]): [string, JsonObject] => {
      const joined = this.#inNested(stack, block);
      const own = stringAt(events, id);
      return [id, own === undefined ? joined : withEvents(joined, own)];
    });
  }

  /** Outputs of the flat template that the nested stack has. */
  outputsOf(stack: string): JsonObject {
    const template = this.#nested[stack];
    const ids = objectAt(objectAt(template, 'Metadata'), 'AviaryPart')['outputs'] ?? null;
    const own = Object.entries(objectAt(template, 'Outputs')).filter(([id]) => isList(ids) && ids.includes(id));
    return Object.fromEntries(own.map(([id, output]) => [id, this.#inNested(stack, output)]));
  }

  /** A block of a nested stack with what the root gives it in place of its parameters. */
  #inNested(stack: string, value: Json): JsonObject {
    const block = objectAt(objectAt(this.#root, 'Resources'), stack);
    const given = objectAt(objectAt(block, 'Properties'), 'Parameters');
    const joined = mapReferences(value, (reference) => {
      const asked = given[reference];
      return isObject(asked) ? this.inRoot(asked) : undefined;
    });
    return isObject(joined) ? joined : {};
  }

  #putOut(reference: string): JsonObject | undefined {
    const [stack = '', kind, ...name] = reference.split('.');
    const template = this.#nested[stack];
    if (!template || kind !== 'Outputs') return undefined;
    const value = objectAt(objectAt(template, 'Outputs'), name.join('.'))['Value'];
    return isObject(value) ? value : undefined;
  }
}
