import { layerModules, sharedAlias } from '../build/layer-options.ts';
import { isList, isObject, objectAt, stringAt } from '../lib/json.ts';
import type { StackRecord } from '../plan/record.ts';

/** The files that a release of a function runs, by the hash of each. */
export interface ReleasedCode {
  /** Name of the function's own file, such as `handler.js`. */
  readonly file: string;
  /** sha256 of it. */
  readonly code: string;
  /** Path in the layer to the first digits of the sha256, of each file of the shared layer. */
  readonly layer: Readonly<Record<string, string>>;
  /** False where the function keeps an earlier version of its layers, whose files another record has. */
  readonly isWhole: boolean;
}

/**
 * Finds a release of a function in a record.
 * @param release its first digits; the one that runs when left out
 */
export function findCode(record: StackRecord, functionName: string, release = ''): ReleasedCode | undefined {
  for (const { block, code, release: recorded } of record.functions.values()) {
    const properties = objectAt(block, 'Properties');
    if (stringAt(properties, 'FunctionName') !== functionName || !recorded.startsWith(release)) continue;
    const layers = isList(properties['Layers']) ? properties['Layers'] : [];
    const own = layers.map((layer) => record.layers.get((isObject(layer) && stringAt(layer, 'Ref')) || ''));
    const files = own.flatMap((layer) => Object.entries(layer?.files ?? {}));
    const shared = files.filter(([path]) => path.startsWith(`${layerModules}/${sharedAlias}`));
    const file = `${stringAt(properties, 'Handler')?.split('.')[0] ?? 'handler'}.js`;
    return { file, code, layer: Object.fromEntries(shared), isWhole: own.every((layer) => layer !== undefined) };
  }
  return undefined;
}

/** The hash of a script of a stack; undefined for those of packages and of Node.js itself. */
export function hashOf({ file, code, layer }: ReleasedCode, path: string): string | undefined {
  const [, inLayer] = /\/(nodejs\/node_modules\/.+)$/.exec(path) ?? [];
  if (inLayer !== undefined) return layer[inLayer];
  return path.endsWith(`/${file}`) && !path.includes('/node_modules/') ? code : undefined;
}
