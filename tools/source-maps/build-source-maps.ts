import type { OutputFile } from 'esbuild';
import { dirname, relative, resolve, sep } from 'node:path';
import { bundleSharedLayer } from '../build/build-layer.ts';
import { packageFunctions, type Buildable } from '../build/bundle-functions.ts';
import { isList, isObject, parseJson, sha256, textOf } from '../lib/json.ts';

/** Of each file that was built, the first digits of its sha256 to its source map as JSON text. */
export type SourceMaps = ReadonlyMap<string, string>;

/** How many hexadecimal digits of a file's sha256 name its map. */
export const hashLength = 32;

// Without the sources' text: a map says where, and the commit of the release says what stands there.
const withMap = { sourcemap: 'external', sourcesContent: false } as const;

/**
 * Builds functions, and the shared layer where it is asked for, once more as they are deployed, this time with a map beside
 * each file. A map's `sources` are paths from the root.
 */
export async function buildSourceMaps(
  root: string,
  functions: readonly Buildable[],
  { layer }: { readonly layer: boolean },
): Promise<SourceMaps> {
  const built = await Promise.all([
    functions.length === 0 ? [] : packageFunctions(functions, root, withMap),
    layer ? bundleSharedLayer(root, withMap) : [],
  ]);
  return mapsIn(built.flat(), root);
}

function mapsIn(files: readonly OutputFile[], root: string): SourceMaps {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const scripts = files.filter(({ path }) => path.endsWith('.js'));
  return new Map(
    scripts.flatMap(({ path, contents }): [string, string][] => {
      const map = texts.get(`${path}.map`);
      return map === undefined ? [] : [[sha256(contents).slice(0, hashLength), fromRoot(map, dirname(path), root)]];
    }),
  );
}

/** esbuild's `sources` are relative to the folder that the file would be in. */
function fromRoot(map: string, folder: string, root: string): string {
  const value = parseJson(map);
  if (!isObject(value) || !isList(value['sources'])) throw new Error('esbuild wrote a map without sources');
  const sources = value['sources'].map((source) => relative(root, resolve(folder, textOf(source))));
  return JSON.stringify({ ...value, sources: sources.map((source) => source.split(sep).join('/')) });
}
