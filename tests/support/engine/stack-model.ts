import { canonical, isObject, objectAt, stringAt, type Json, type JsonObject } from '../../../tools/lib/json.ts';
import { compose } from '../../../tools/plan/compose.ts';
import { makePlan, type PlanOptions } from '../../../tools/plan/plan.ts';
import { readRecord, type StackRecord } from '../../../tools/plan/record.ts';
import { select, selectAll, type Selection } from '../../../tools/plan/select.ts';
import type { Tree } from '../../../tools/tree/tree.ts';
import { referencesIn } from '../../../tools/template/reference-names.ts';

/** The way from a composed template to the root. */
export const prefix = '../../../';

/** A stack as CloudFormation would have it after a deploy. */
export interface ModelStack {
  readonly template: JsonObject;
  readonly record: StackRecord;
  /** ARN of the newest version of each layer. */
  readonly layerArns: Readonly<Record<string, string>>;
  /** What is in each version of a layer that was ever published: path to hash, package to version. */
  readonly layerFiles: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Of each function, the number of its published version. */
  readonly versions: Readonly<Record<string, number>>;
}

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
  const packaged = withArtifacts(template, tree);
  assertReferences(packaged);
  const resources = objectAt(packaged, 'Resources');
  const layerArns: Record<string, string> = {};
  const layerFiles = { ...before?.layerFiles };
  for (const [id, block] of ofType(resources, 'AWS::Serverless::LayerVersion')) {
    const was = objectAt(before?.template, 'Resources')[id];
    const arn = before?.layerArns[id];
    if (arn !== undefined && canonical(objectAt(was, 'Properties')) === canonical(objectAt(block, 'Properties'))) {
      layerArns[id] = arn;
      continue;
    }
    const made = `arn:aws:lambda:eu-west-1:000000000000:layer:${stringAt(objectAt(block, 'Properties'), 'LayerName') ?? id}:${Object.keys(layerFiles).length + 1}`;
    layerArns[id] = made;
    const layer = tree.layers.find(({ logicalId }) => logicalId === id);
    layerFiles[made] = { ...layer?.files, ...layer?.packages };
  }
  const after = { template: packaged, layerArns, layerFiles };
  const versions: Record<string, number> = {};
  for (const [id] of ofType(resources, 'AWS::Serverless::Function')) {
    const number = before?.versions[id];
    versions[id] = number === undefined || !before ? 1 : publish(id, before, after, number);
  }
  return { ...after, versions, record: readRecord(packaged, 'aviary-local') };
}

/** What a deployed function consists of: code, configuration, and its layers by ARN. */
export function runningConfiguration(
  id: string,
  { template, layerArns }: Omit<ModelStack, 'record' | 'versions'>,
): JsonObject {
  const { AutoPublishCodeSha256: _, ...properties } = objectAt(
    objectAt(objectAt(template, 'Resources'), id),
    'Properties',
  );
  const layers = (properties['Layers'] ?? []) as Json[];
  return { ...properties, Layers: layers.map((layer) => arnOf(layer, layerArns)) };
}

function publish(
  id: string,
  before: ModelStack,
  after: Omit<ModelStack, 'record' | 'versions'>,
  number: number,
): number {
  const marks = [before, after].map(
    ({ template }) => objectAt(objectAt(objectAt(template, 'Resources'), id), 'Properties')['AutoPublishCodeSha256'],
  );
  const same = canonical(runningConfiguration(id, before)) === canonical(runningConfiguration(id, after));
  if (marks[0] === marks[1] && !same) throw new Error(`${id} changes and SAM publishes no version of it`);
  if (marks[0] !== marks[1] && same)
    throw new Error(`A version of ${id} exists: neither code nor configuration differ`);
  return marks[0] === marks[1] ? number : number + 1;
}

function arnOf(layer: Json, layerArns: Readonly<Record<string, string>>): string {
  if (typeof layer === 'string') return layer;
  const arn = layerArns[stringAt(layer, 'Ref') ?? ''];
  if (arn === undefined) throw new Error(`There is no layer ${JSON.stringify(layer)}`);
  return arn;
}

function withArtifacts(template: JsonObject, tree: Tree): JsonObject {
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
