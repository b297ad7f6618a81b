import type { OutputFile } from 'esbuild';
import { dirname, relative, resolve, sep } from 'node:path';
import { bundleSharedLayer } from '../build/build-layer.ts';
import { packageFunctions, type Buildable } from '../build/bundle-functions.ts';
import { isList, isObject, parseJson, sha256, textOf } from '../lib/json.ts';

/** Source maps as JSON text, by the sha256 of the file that each is of. A map's `sources` are paths from the root. */
export type SourceMaps = ReadonlyMap<string, string>;

/** For esbuild: without the sources' text, since a map says where, and the commit of the release what stands there. */
export const withMap = { sourcemap: 'external', sourcesContent: false } as const;

/** Builds functions once more as they are deployed, this time with a map beside each file. */
export async function mapFunctions(root: string, functions: readonly Buildable[]): Promise<SourceMaps> {
  return functions.length === 0 ? new Map() : mapsIn(await packageFunctions(functions, root, withMap), root);
}

/** Builds the one file of the shared layer once more, with a map beside it. */
export async function mapSharedLayer(root: string): Promise<SourceMaps> {
  return mapsIn(await bundleSharedLayer(root, withMap), root);
}

/** The maps among what esbuild has written {@link withMap}. */
export function mapsIn(files: readonly OutputFile[], root: string): SourceMaps {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const scripts = files.filter(({ path }) => path.endsWith('.js'));
  return new Map(
    scripts.flatMap(({ path, contents }): [string, string][] => {
      const map = texts.get(`${path}.map`);
      return map === undefined ? [] : [[sha256(contents), fromRoot(map, dirname(path), root)]];
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
