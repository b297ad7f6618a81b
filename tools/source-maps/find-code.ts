import { layerModules, sharedAlias, sharedFile } from '../build/layer-options.ts';
import { isList, objectAt, stringAt, type JsonObject } from '../lib/json.ts';
import type { StackRecord } from '../plan/record.ts';
import type { TreeLayer } from '../tree/tree.ts';

/** What a release of a function runs. */
export interface ReleasedCode {
  /** Name of the function's own file, such as `handler.js`. */
  readonly file: string;
  /** sha256 of it. */
  readonly code: string;
  /** As in the record of the shared layer; undefined where the function keeps an earlier one, which another record has. */
  readonly layer: string | undefined;
}

/** Whether a layer is that of the shared modules. */
export const isSharedLayer = ({ files }: Pick<TreeLayer, 'files'>): boolean =>
  Object.keys(files).some((path) => path.startsWith(`${layerModules}/${sharedAlias}`));

/** Name of the script of a function's package, by its block: `handler.js`. */
export const scriptOf = (block: JsonObject): string =>
  `${stringAt(objectAt(block, 'Properties'), 'Handler')?.split('.')[0] ?? 'handler'}.js`;

/**
 * Finds a release of a function in a record.
 * @param release its first digits; the one that runs when left out
 */
export function findCode(record: StackRecord, functionName: string, release = ''): ReleasedCode | undefined {
  for (const { block, code, release: recorded } of record.functions.values()) {
    const properties = objectAt(block, 'Properties');
    if (stringAt(properties, 'FunctionName') !== functionName || !recorded.startsWith(release)) continue;
    const layers = isList(properties['Layers']) ? properties['Layers'] : [];
    const own = layers.flatMap((layer) => record.layers.get(stringAt(layer, 'Ref') ?? '') ?? []);
    return { file: scriptOf(block), code, layer: own.find(isSharedLayer)?.code };
  }
  return undefined;
}

/** The code of a script of a stack, by its path; undefined for those of packages and of Node.js itself. */
export function codeAt({ file, code, layer }: ReleasedCode, path: string): string | undefined {
  if (path.endsWith(`/${layerModules}/${sharedFile}`)) return layer;
  return path.endsWith(`/${file}`) && !path.includes('/node_modules/') ? code : undefined;
}
