import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { isList, objectAt, stringAt, type JsonObject } from '../lib/json.ts';

/** A function of the template whose code is in this repository. */
export interface FunctionSource {
  readonly kind: 'function';
  readonly logicalId: string;
  /** The folder's name, which is the function's name. */
  readonly name: string;
  /** Path from the root, without a slash at the end: `functions/users`. */
  readonly folder: string;
  /** Path from the root: `functions/users/handler.ts`. */
  readonly entry: string;
  /** As in the template's `Metadata.BuildProperties`. */
  readonly buildProperties: JsonObject;
  readonly block: JsonObject;
}

/** A layer of the template whose code is in this repository. */
export interface LayerSource {
  readonly kind: 'layer';
  readonly logicalId: string;
  readonly name: string;
  readonly folder: string;
  readonly block: JsonObject;
}

export interface CodeResources {
  readonly functions: readonly FunctionSource[];
  readonly layers: readonly LayerSource[];
}

/**
 * The functions and layers among the resources of a stage; all that is built.
 * @param root absolute path of the repository
 * @throws Failure for a function or layer whose folder or entry does not exist, or that is built in another way
 */
export function findCodeResources(resources: Readonly<Record<string, JsonObject>>, root: string): CodeResources {
  const functions: FunctionSource[] = [];
  const layers: LayerSource[] = [];
  for (const [logicalId, block] of Object.entries(resources)) {
    const type = block['Type'];
    if (type === 'AWS::Serverless::Function' && objectAt(block, 'Properties')['InlineCode'] === undefined) {
      functions.push(functionSource(logicalId, block, root));
    }
    if (type === 'AWS::Serverless::LayerVersion') {
      layers.push({ kind: 'layer', logicalId, ...folderOf(logicalId, block, 'ContentUri', root), block });
    }
  }
  assertNamesDiffer(functions);
  assertNamesDiffer(layers);
  return { functions, layers };
}

/** The folder's name is how people and plans speak of it. */
function assertNamesDiffer(sources: readonly (FunctionSource | LayerSource)[]): void {
  for (const [at, { name, logicalId }] of sources.entries()) {
    const other = sources.slice(at + 1).find((it) => it.name === name);
    if (!other) continue;
    throw new Failure(
      `template.yaml: ${logicalId} and ${other.logicalId} are both called ${name}.`,
      'Give each a folder of its own, with a name of its own.',
    );
  }
}

function functionSource(logicalId: string, block: JsonObject, root: string): FunctionSource {
  const { name, folder } = folderOf(logicalId, block, 'CodeUri', root);
  const metadata = objectAt(block, 'Metadata');
  if (metadata['BuildMethod'] !== 'esbuild') {
    throw new Failure(
      `template.yaml: ${logicalId} is not built with esbuild.`,
      'Give it Metadata: BuildMethod: esbuild.',
    );
  }
  const buildProperties = objectAt(metadata, 'BuildProperties');
  const entries = buildProperties['EntryPoints'];
  const [entry] = isList(entries) ? entries : [];
  if (typeof entry !== 'string' || (isList(entries) && entries.length !== 1)) {
    throw new Failure(
      `template.yaml: ${logicalId} needs one entry point.`,
      'Give it BuildProperties: EntryPoints: [handler.ts].',
    );
  }
  const path = `${folder}/${entry}`;
  if (!existsSync(join(root, path))) {
    throw new Failure(
      `template.yaml: ${logicalId} starts at ${path}, which does not exist.`,
      'Make the file, or mend EntryPoints.',
    );
  }
  return { kind: 'function', logicalId, name, folder, entry: path, buildProperties, block };
}

function folderOf(
  logicalId: string,
  block: JsonObject,
  property: string,
  root: string,
): { name: string; folder: string } {
  const uri = stringAt(objectAt(block, 'Properties'), property);
  if (uri === undefined) {
    throw new Failure(
      `template.yaml: ${logicalId} has no ${property}.`,
      `Give it the folder of its code as ${property}.`,
    );
  }
  const folder = uri.replace(/^\.\//, '').replace(/\/+$/, '');
  if (!existsSync(resolve(root, folder))) {
    throw new Failure(
      `template.yaml: ${logicalId} points at ${folder}, which does not exist.`,
      `Make the folder, or take ${logicalId} out of the template.`,
    );
  }
  return { name: basename(folder), folder };
}
