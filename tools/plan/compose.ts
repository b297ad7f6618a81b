import { isList, isObject, objectAt, sha256, type Json, type JsonObject } from '../lib/json.ts';
import { layersOf } from './plan.ts';
import { onPinnedLayers } from './layer-pins.ts';
import { recordVersion, type RecordedBlock, type StackRecord } from './record.ts';
import { recordFunction, recordLayer } from './recorded-block.ts';
import { outputKey, type Selection } from './select.ts';
import type { Tree, TreeBlock, TreeFunction, TreeLayer } from '../tree/tree.ts';

export interface ComposeInputs {
  readonly tree: Tree;
  /** Undefined for the first deploy. */
  readonly record: StackRecord | undefined;
  readonly selection: Selection;
  /** ARN of the newest version of each deployed layer, by logical id. */
  readonly layerArns: Readonly<Record<string, string>>;
  /** Logical ids of the layers that are pinned. */
  readonly pinned?: ReadonlySet<string> | undefined;
  /** The way from the folder of the composed template to the root of the repository, with a slash at the end. */
  readonly prefix: string;
  /** Packages that are built already: logical id to the path of the zip, from the folder of the composed template. */
  readonly packages?: Readonly<Record<string, string>> | undefined;
}

/**
 * The template of one deploy: what was selected as the tree has it, everything else verbatim as it is deployed. A
 * function that stays keeps its `s3://` CodeUri, which SAM neither builds nor uploads, and stays on the layer version
 * that it has, by ARN.
 */
export function compose(inputs: ComposeInputs): JsonObject {
  const { tree, record, selection } = inputs;
  const deployed = objectAt(record?.template, 'Resources');
  const layers = tree.layers.flatMap((layer) => {
    if (!selection.has(layer.logicalId)) return keep(deployed, layer.logicalId);
    return [[layer.logicalId, locate(layer, recordLayer(layer, tree.commit), 'ContentUri', inputs)] as const];
  });
  const functions = tree.functions.flatMap((it) => {
    if (!selection.has(it.logicalId)) return keep(deployed, it.logicalId);
    const running = record?.functions.get(it.logicalId);
    const previous = running?.release === it.release ? running.previous : running?.release;
    const made = recordFunction(it, tree.commit, publishedBy(it, inputs), previous);
    const block = onPinnedLayers(made, running, record, inputs.pinned ?? new Set());
    return [[it.logicalId, locate(it, block, 'CodeUri', inputs)] as const];
  });
  const blocks = tree.resources.flatMap((it) => choose(it, deployed, inputs));
  const chosen = new Map([...layers, ...blocks, ...functions, ...stayingThoughRemoved(inputs, deployed)]);
  const resources = Object.fromEntries([...chosen].map(([id, block]) => [id, pinLayers(id, block, inputs)]));

  const deployedOutputs = objectAt(record?.template, 'Outputs');
  const outputs = new Map(tree.outputs.flatMap((it) => choose(it, deployedOutputs, inputs, outputKey(it.logicalId))));
  for (const id of Object.keys(record?.outputs ?? {})) {
    if (selection.has(outputKey(id))) continue;
    for (const [name, block] of keep(deployedOutputs, id)) outputs.set(name, block);
  }
  return {
    ...mergedHead(inputs, [resources, Object.fromEntries(outputs)]),
    Metadata: { Aviary: stackRecord(inputs) },
    Resources: resources,
    Outputs: Object.fromEntries(outputs),
  };
}

/** A deployed block as it is; nothing where there is none, as for a new function that was not selected. */
function keep(deployed: JsonObject, logicalId: string): (readonly [string, JsonObject])[] {
  const block = deployed[logicalId];
  return isObject(block) ? [[logicalId, block]] : [];
}

function choose(
  it: TreeBlock,
  deployed: JsonObject,
  { selection, prefix }: ComposeInputs,
  key = it.logicalId,
): (readonly [string, JsonObject])[] {
  if (!selection.has(key)) return keep(deployed, it.logicalId);
  const moved = mapText(it.block, (text) => (it.contents[text] === undefined ? text : `${prefix}${text}`));
  return isObject(moved) ? [[it.logicalId, moved]] : [];
}

/** What is deployed, is not in the tree any more, and was not asked to go. */
function stayingThoughRemoved(
  { tree, record, selection }: ComposeInputs,
  deployed: JsonObject,
): (readonly [string, JsonObject])[] {
  const wanted = new Set([...tree.functions, ...tree.layers, ...tree.resources].map(({ logicalId }) => logicalId));
  const known = [
    ...(record?.functions.keys() ?? []),
    ...(record?.layers.keys() ?? []),
    ...Object.keys(record?.resources ?? {}),
  ];
  return known.filter((id) => !wanted.has(id) && !selection.has(id)).flatMap((id) => keep(deployed, id));
}

function locate(
  { logicalId, folder }: TreeFunction | TreeLayer,
  block: JsonObject,
  property: 'CodeUri' | 'ContentUri',
  { prefix, packages }: ComposeInputs,
): JsonObject {
  const place = packages?.[logicalId] ?? `${prefix}${folder}/`;
  return { ...block, Properties: { ...objectAt(block, 'Properties'), [property]: place } };
}

/**
 * What makes SAM publish a version. The release does, except where the same release is published again, for another
 * version of its layers or for another build: then the releases of its layers too, and what published the version that it
 * leaves, since these layers and this release may have been deployed together before.
 */
function publishedBy(it: TreeFunction, { tree, record }: ComposeInputs): string {
  const running = record?.functions.get(it.logicalId);
  if (running?.release !== it.release) return it.release;
  const left = objectAt(running.block, 'Properties')['AutoPublishCodeSha256'] ?? null;
  return sha256([it.release, ...layersOf(it, tree).map(({ release }) => release), left]);
}

/** A function that stays, stays on its layer version, also when the layer is published again or goes. */
function pinLayers(
  logicalId: string,
  block: JsonObject,
  { tree, selection, layerArns, record }: ComposeInputs,
): JsonObject {
  const properties = objectAt(block, 'Properties');
  const layers = properties['Layers'];
  const staying = record?.functions.get(logicalId)?.block === block;
  if (!isList(layers) || !staying) return block;
  const pinned = layers.map((layer): Json => {
    const id = isObject(layer) ? layer['Ref'] : undefined;
    if (typeof id !== 'string') return layer;
    const moves = selection.has(id) || !tree.layers.some((it) => it.logicalId === id);
    return moves ? (layerArns[id] ?? layer) : layer;
  });
  return { ...block, Properties: { ...properties, Layers: pinned } };
}

/** What only CloudFormation can resolve: the tree's, and of the deployed template what blocks that stay speak of. */
function mergedHead({ tree, record }: ComposeInputs, blocks: Json): JsonObject {
  const { Parameters: _parameters, Conditions: _conditions, ...head } = tree.head;
  const merged = (name: 'Parameters' | 'Conditions', by: Json): JsonObject => {
    const both = { ...spokenOf(objectAt(record?.template, name), by), ...objectAt(tree.head, name) };
    return Object.keys(both).length === 0 ? {} : { [name]: both };
  };
  const conditions = merged('Conditions', blocks);
  return { ...head, ...merged('Parameters', [blocks, conditions]), ...conditions };
}

/** The entries that blocks speak of by name, directly or through each other. */
export function spokenOf(entries: JsonObject, blocks: Json): JsonObject {
  let found: JsonObject = {};
  for (;;) {
    const text = JSON.stringify([blocks, found]);
    const named = Object.entries(entries).filter(([id]) => text.includes(`"${id}"`) || text.includes(`\${${id}}`));
    if (named.length === Object.keys(found).length) return found;
    found = Object.fromEntries(named);
  }
}

function stackRecord({ tree, record, selection }: ComposeInputs): JsonObject {
  const blocks = (
    wanted: readonly TreeBlock[],
    recorded: Readonly<Record<string, RecordedBlock>> = {},
    key = (logicalId: string): string => logicalId,
  ): JsonObject => {
    const staying = Object.entries(recorded).filter(([id]) => !selection.has(key(id)));
    const moved = wanted.filter(({ logicalId }) => selection.has(key(logicalId)));
    return Object.fromEntries([
      ...staying.map(([id, { hash, contents }]) => [id, { hash, contents }] as const),
      ...moved.map(({ logicalId, hash, contents }) => [logicalId, { hash, contents }] as const),
    ]);
  };
  const parameters: Record<string, Json> = {};
  for (const name of Object.keys({ ...tree.parameters, ...record?.parameters })) {
    const value = record && !selection.has(name) ? record.parameters[name] : tree.parameters[name];
    if (value !== undefined) parameters[name] = value;
  }
  const pins = objectAt(objectAt(record?.template, 'Metadata')['Aviary'], 'pins');
  return {
    version: recordVersion,
    stage: tree.stage,
    commit: tree.commit,
    parameters,
    resources: blocks(tree.resources, record?.resources),
    outputs: blocks(tree.outputs, record?.outputs, outputKey),
    ...(Object.keys(pins).length === 0 ? {} : { pins }),
  };
}

function mapText(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (isList(value)) return value.map((item) => mapText(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapText(member, change)]));
}
