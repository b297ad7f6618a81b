import { sha256, type Json, type JsonObject } from '../../../tools/lib/json.ts';
import { configurationOf, releaseOf } from '../../../tools/tree/release.ts';
import type { Tree, TreeBlock, TreeFunction, TreeLayer } from '../../../tools/tree/tree.ts';

/** A commit as git writes it. */
export const aCommit = (digit = 'a'): string => digit.repeat(40);

/** `order-history` is `OrderHistory`. */
export const logicalIdOf = (name: string): string =>
  name
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');

const hashOf = (text: string): string => sha256(text).slice(0, 32);
const modulePath = (module: string): string => `layers/shared/src/${module}.ts`;

export interface FunctionOptions {
  readonly name?: string;
  readonly logicalId?: string;
  /** The text of its handler. Its code and the hash of the file follow. */
  readonly text?: string;
  /** Modules of the shared layer that it reaches, as `http/respond`, to the text of the part that it reaches. */
  readonly shared?: Readonly<Record<string, string>>;
  readonly packages?: Readonly<Record<string, string>>;
  readonly properties?: JsonObject;
  /** Members of the block beside Type, Metadata and Properties. */
  readonly attributes?: JsonObject;
  readonly references?: Readonly<Record<string, string>>;
  /** Logical ids. */
  readonly layers?: readonly string[];
  readonly imports?: Readonly<Record<string, readonly string[]>>;
  readonly buildProperties?: JsonObject;
}

/** A function whose code, files and release agree with each other: none of them can be given. */
export function aFunction(options: FunctionOptions = {}): TreeFunction {
  const { name = 'users', text = 'handler', shared = {}, packages = {}, references = {}, layers } = options;
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`No folder of a function is called ${name}`);
  const { logicalId = logicalIdOf(name), properties = {}, attributes = {}, buildProperties = {} } = options;
  for (const given of ['CodeUri', 'Layers'])
    if (Object.hasOwn(properties, given)) throw new Error(`${given} follows from the other options`);
  const folder = `functions/${name}`;
  const entry = `${folder}/handler.ts`;
  const sharedFiles = Object.entries(shared).map(([module, part]) => [modulePath(module), hashOf(part)] as const);
  const files = { [entry]: hashOf(text), ...Object.fromEntries(sharedFiles) };
  const block: JsonObject = {
    Type: 'AWS::Serverless::Function',
    ...attributes,
    Metadata: { BuildMethod: 'esbuild', BuildProperties: { EntryPoints: ['handler.ts'], ...buildProperties } },
    Properties: {
      FunctionName: `aviary-${name}-local`,
      Description: `The function ${name}`,
      MemorySize: 256,
      ...properties,
      CodeUri: `${folder}/`,
      ...(layers ? { Layers: layers.map((id): Json => ({ Ref: id })) } : {}),
    },
  };
  const code = sha256({ text, buildProperties });
  const imports = options.imports ?? { [entry]: [...Object.keys(shared).map(modulePath), ...Object.keys(packages)] };
  const release = releaseOf({ code, files, packages, block, references });
  return {
    logicalId,
    name,
    folder,
    entry,
    block,
    code,
    bytes: text.length,
    release,
    files,
    packages,
    references,
    imports,
  };
}

export interface LayerOptions {
  readonly name?: string;
  /** Modules, as `http/respond`, to their text. */
  readonly modules?: Readonly<Record<string, string>>;
  readonly packages?: Readonly<Record<string, string>>;
  readonly properties?: JsonObject;
}

/** A layer whose code and release follow from what is in it. */
export function aLayer({
  name = 'shared',
  modules = {},
  packages = {},
  properties = {},
}: LayerOptions = {}): TreeLayer {
  const pathOf = (module: string): string => (name === 'shared' ? `nodejs/node_modules/@shared/${module}.js` : module);
  const files = Object.fromEntries(Object.entries(modules).map(([module, text]) => [pathOf(module), hashOf(text)]));
  const folder = `layers/${name}`;
  const block: JsonObject = {
    Type: 'AWS::Serverless::LayerVersion',
    Metadata: { BuildMethod: 'makefile' },
    Properties: { LayerName: `aviary-${name}-local`, ...properties, ContentUri: `${folder}/` },
  };
  const code = sha256({ files, packages });
  const release = sha256({ code, block: configurationOf(block) });
  return { logicalId: `${logicalIdOf(name)}Layer`, name, folder, block, code, release, files, packages };
}

/** Any other resource, or an output; its hash follows. */
export function aBlock(
  logicalId: string,
  block: JsonObject = { Type: 'AWS::SQS::Queue', Properties: { QueueName: logicalId.toLowerCase() } },
  contents: Readonly<Record<string, string>> = {},
): TreeBlock {
  return { logicalId, block, contents, hash: sha256({ block, contents }) };
}

/** A nested stack of which the template's content is `content`. */
export function aNestedStack(logicalId: string, path: string, content: string, properties: JsonObject = {}): TreeBlock {
  const block = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: path, ...properties } };
  return aBlock(logicalId, block, { [path]: sha256(content) });
}

/** A tree. Refuses one that no repository can give: two of one name, or a layer that is not there. */
export function aTree(parts: Partial<Tree> = {}): Tree {
  const tree: Tree = {
    stage: 'local',
    commit: aCommit(),
    head: { AWSTemplateFormatVersion: '2010-09-09', Transform: 'AWS::Serverless-2016-10-31' },
    parameters: {},
    functions: [],
    layers: [],
    resources: [],
    outputs: [],
    ...parts,
  };
  const ids = [...tree.functions, ...tree.layers, ...tree.resources].map(({ logicalId }) => logicalId);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new Error(`Two resources are called ${twice}`);
  for (const it of tree.functions) {
    const layers = (it.block['Properties'] as { Layers?: { Ref?: string }[] }).Layers ?? [];
    for (const { Ref } of layers)
      if (Ref !== undefined && !ids.includes(Ref)) throw new Error(`${it.name} has no layer ${Ref}`);
  }
  return tree;
}
