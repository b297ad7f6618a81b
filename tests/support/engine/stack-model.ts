import { isDeepStrictEqual } from 'node:util';
import { isObject, objectAt, stringAt, type Json, type JsonObject } from '../../../tools/lib/json.ts';
import { compose } from '../../../tools/plan/compose.ts';
import { makePlan, type PlanOptions } from '../../../tools/plan/plan.ts';
import { readRecord, type StackRecord } from '../../../tools/plan/record.ts';
import { select, selectAll, type Selection } from '../../../tools/plan/select.ts';
import type { Tree } from '../../../tools/tree/tree.ts';
import { referencesIn } from '../../../tools/template/reference-names.ts';

/** The way from a composed template to the root. */
export const prefix = '../../../';

/** A stack as CloudFormation would have it after a deploy, with what Lambda has of it. */
export interface ModelStack {
  readonly template: JsonObject;
  readonly record: StackRecord;
  /** ARN of the newest version of each layer. */
  readonly layerArns: Readonly<Record<string, string>>;
  /** Every version of a layer that is there, by ARN. */
  readonly layerVersions: Readonly<Record<string, ModelLayer>>;
  /** Number of the last layer version that was published, be it gone since: Lambda gives none a second time. */
  readonly lastLayer: number;
  /** By logical id. */
  readonly functions: Readonly<Record<string, ModelFunction>>;
}

export interface ModelLayer {
  readonly logicalId: string;
  /** Path to hash, package to version. */
  readonly files: Readonly<Record<string, string>>;
}

export interface ModelFunction {
  /** Number of the version that the stack's alias names. */
  readonly version: number;
  /** Number of the version behind the alias, which may have been moved by hand. */
  readonly live: number;
  /** Number of the last version that was published, be it gone since. */
  readonly last: number;
  /** What each version that is there consists of, by its number. */
  readonly versions: Readonly<Record<number, JsonObject>>;
}

const ownLayers = 'arn:aws:lambda:eu-west-1:000000000000:layer:';

type Template = Pick<ModelStack, 'template' | 'layerArns'>;

/** Plans, composes, and lets the model of CloudFormation take the template; the stack as it was when nothing is to do. */
export function deploy(tree: Tree, before: ModelStack | undefined, options: PlanOptions = {}): ModelStack | undefined {
  const selection = select(tree, before?.record, makePlan(tree, before?.record, options));
  return selection.size === 0 ? before : take(composed(tree, before, selection), tree, before);
}

/** As {@link deploy}, for a tree in which there is something to deploy. */
export function deployed(tree: Tree, before?: ModelStack, options: PlanOptions = {}): ModelStack {
  const after = deploy(tree, before, options);
  if (!after || after === before) throw new Error('There was nothing to deploy');
  return after;
}

/** The template of a first deploy, as `sam deploy` would hand it to CloudFormation. */
export function firstDeploy(tree: Tree): JsonObject {
  const selection = selectAll(tree, undefined, makePlan(tree, undefined));
  return take(composed(tree, undefined, selection), tree, undefined).template;
}

/** The composed template of a selection. */
export function composed(tree: Tree, before: ModelStack | undefined, selection: Selection): JsonObject {
  return compose({ tree, record: before?.record, selection, layerArns: before?.layerArns ?? {}, prefix });
}

/**
 * What `sam build`, `sam deploy` and CloudFormation make of a composed template. It throws where they would fail, and
 * where they would do what Aviary must never ask for: a changed function without a new version, or a version that
 * Lambda has already.
 */
export function take(template: JsonObject, tree: Tree, before: ModelStack | undefined): ModelStack {
  return update(withArtifacts(template, tree), tree, before);
}

/** As {@link take}, of a template whose packages are in the bucket already. */
export function update(template: JsonObject, tree: Tree, before: ModelStack | undefined): ModelStack {
  assertReferences(template);
  const resources = objectAt(template, 'Resources');
  const layerArns: Record<string, string> = {};
  const layerVersions = { ...before?.layerVersions };
  let lastLayer = before?.lastLayer ?? 0;
  for (const [id, block] of ofType(resources, 'AWS::Serverless::LayerVersion')) {
    const was = objectAt(objectAt(before?.template, 'Resources'), id);
    const arn = before?.layerArns[id];
    if (arn !== undefined && isDeepStrictEqual(objectAt(was, 'Properties'), objectAt(block, 'Properties'))) {
      layerArns[id] = arn;
      continue;
    }
    lastLayer += 1;
    const name = stringAt(objectAt(block, 'Properties'), 'LayerName') ?? id;
    const made = `${ownLayers}${name}:${lastLayer}`;
    layerArns[id] = made;
    const layer = tree.layers.find(({ logicalId }) => logicalId === id);
    layerVersions[made] = { logicalId: id, files: { ...layer?.files, ...layer?.packages } };
  }
  const after = { template, layerArns };
  const functions: Record<string, ModelFunction> = {};
  for (const [id] of ofType(resources, 'AWS::Serverless::Function')) {
    const was = before?.functions[id];
    const configuration = runningConfiguration(id, after);
    for (const arn of configuration['Layers'] as string[])
      if (arn.startsWith(ownLayers) && !layerVersions[arn])
        throw new Error(`${id} asks for ${arn}, which is not there`);
    functions[id] = before && was && !publishes(id, before, after) ? was : published(configuration, was);
  }
  return { ...after, layerVersions, lastLayer, functions, record: readRecord(template, 'aviary-local') };
}

/**
 * A stack after an update that CloudFormation rolled back. SAM has versions and layer versions retained, so what was
 * published by then stays; no template names it. The aliases that had been moved go back to where the template says.
 * @param done so many of the functions had got their version when it failed
 */
export function rolledBack(before: ModelStack, after: ModelStack, done: number): ModelStack {
  const changed = Object.keys(before.functions).filter((id) => isPublished(id, before, after));
  const functions = Object.fromEntries(
    Object.entries(before.functions).map(([id, was]) => {
      const made = after.functions[id];
      if (!made || !changed.slice(0, done).includes(id)) return [id, was];
      return [id, { ...was, live: was.version, last: made.last, versions: made.versions }];
    }),
  );
  return { ...before, layerVersions: after.layerVersions, lastLayer: after.lastLayer, functions };
}

/** The first function that an update had given its new version when it failed; undefined where it came to none. */
export function firstChanged(before: ModelStack, after: ModelStack, done: number): string | undefined {
  return done === 0 ? undefined : Object.keys(before.functions).find((id) => isPublished(id, before, after));
}

const isPublished = (id: string, before: ModelStack, after: ModelStack): boolean =>
  after.functions[id] !== undefined && after.functions[id] !== before.functions[id];

function published(configuration: JsonObject, was: ModelFunction | undefined): ModelFunction {
  const number = (was?.last ?? 0) + 1;
  return { version: number, live: number, last: number, versions: { ...was?.versions, [number]: configuration } };
}

/** What a deployed function consists of: code, configuration, and its layers by ARN. */
export function runningConfiguration(id: string, { template, layerArns }: Template): JsonObject {
  const { AutoPublishCodeSha256: _, ...properties } = propertiesOf(id, template);
  const layers = (properties['Layers'] ?? []) as Json[];
  return { ...properties, Layers: layers.map((layer) => arnOf(layer, layerArns)) };
}

const propertiesOf = (id: string, template: JsonObject): JsonObject =>
  objectAt(objectAt(objectAt(template, 'Resources'), id), 'Properties');

/** Whether SAM has Lambda publish a version. */
function publishes(id: string, before: Template, after: Template): boolean {
  const [mark, marked] = [before, after].map(({ template }) => propertiesOf(id, template)['AutoPublishCodeSha256']);
  const same = isDeepStrictEqual(runningConfiguration(id, before), runningConfiguration(id, after));
  if (mark === marked && !same) throw new Error(`${id} changes and SAM publishes no version of it`);
  if (mark !== marked && same) throw new Error(`A version of ${id} exists: neither code nor configuration differ`);
  return mark !== marked;
}

function arnOf(layer: Json, layerArns: Readonly<Record<string, string>>): string {
  if (typeof layer === 'string') return layer;
  const arn = layerArns[stringAt(layer, 'Ref') ?? ''];
  if (arn === undefined) throw new Error(`There is no layer ${JSON.stringify(layer)}`);
  return arn;
}

/** A composed template as `sam package` leaves it: with what was uploaded in place of what is local. */
export function withArtifacts(template: JsonObject, tree: Tree): JsonObject {
  const local = new Map<string, string>();
  for (const it of tree.functions) local.set(`${prefix}${it.folder}/`, `s3://bucket/${it.code}`);
  for (const it of tree.layers) local.set(`${prefix}${it.folder}/`, `s3://bucket/${it.code}`);
  for (const { contents } of tree.resources)
    for (const [path, hash] of Object.entries(contents))
      local.set(`${prefix}${path}`, `https://s3.amazonaws.com/bucket/${hash}.template`);
  const upload = (value: Json): Json => {
    if (typeof value === 'string') {
      const address = local.get(value);
      if (address === undefined && value.startsWith('../')) throw new Error(`Nothing is at ${value}`);
      return address ?? value;
    }
    if (Array.isArray(value)) return value.map(upload);
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, it]) => [key, upload(it)])) : value;
  };
  return upload(template) as JsonObject;
}

function assertReferences(template: JsonObject): void {
  const known = [...Object.keys(objectAt(template, 'Resources')), ...Object.keys(objectAt(template, 'Parameters'))];
  const { Metadata: _, ...rest } = template;
  for (const reference of referencesIn(rest)) {
    const name = reference.split('.')[0] ?? '';
    if (!name.startsWith('AWS::') && !known.includes(name)) throw new Error(`Unresolved reference to ${name}`);
  }
}

function ofType(resources: JsonObject, type: string): [string, JsonObject][] {
  return Object.entries(resources).flatMap(([id, block]): [string, JsonObject][] =>
    isObject(block) && block['Type'] === type ? [[id, block]] : [],
  );
}
