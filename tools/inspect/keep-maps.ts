import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleDependenciesLayer, bundleSharedLayer, type LayerScript } from '../build/build-layer.ts';
import { buildableOf, packageFunctions } from '../build/bundle-functions.ts';
import { dependenciesSource } from '../build/layer-options.ts';
import { isList, isObject, parseJson, textOf } from '../lib/json.ts';
import { isSharedLayer } from '../source-maps/find-code.ts';
import type { Tree, TreeFunction, TreeLayer } from '../tree/tree.ts';
import { mapFile } from './map-folder.ts';

/** Writes the source maps of what a tree has, and was not written yet. @throws Failure for code that does not compile */
export type KeepMaps = (tree: Pick<Tree, 'functions' | 'layers'>) => Promise<void>;

const withMap = { sourcemap: 'external', sourcesContent: true } as const;

/**
 * Writes into a folder, which is emptied first, the source maps of functions and of what is in their layers.
 * @param names of the functions
 */
export function mapKeeper(root: string, folder: string, names: ReadonlySet<string>): KeepMaps {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const kept = new Set<string>();
  const isNew = ({ code }: { readonly code: string }): boolean => !kept.has(code);

  return async (tree) => {
    const functions = tree.functions.filter((it) => names.has(it.name) && isNew(it));
    const layers = tree.layers.filter(isNew);
    const built = [functionScripts(root, functions), ...layers.map((layer) => layerScripts(root, layer))];
    for (const { path, code, map } of (await Promise.all(built)).flat()) {
      writeFileSync(join(folder, mapFile(code)), withAddresses(map, dirname(path)));
    }
    for (const { code } of [...functions, ...layers]) kept.add(code);
  };
}

async function functionScripts(root: string, functions: readonly TreeFunction[]): Promise<LayerScript[]> {
  return functions.length === 0 ? [] : scriptsOf(await packageFunctions(functions.map(buildableOf), root, withMap));
}

async function layerScripts(root: string, layer: TreeLayer): Promise<LayerScript[]> {
  if (isSharedLayer(layer)) return scriptsOf(await bundleSharedLayer(root, withMap));
  return dependenciesSource.startsWith(`${layer.folder}/`) ? await bundleDependenciesLayer(root, true) : [];
}

/** esbuild gives the map of a file as a file beside it. */
function scriptsOf(files: readonly { readonly path: string; readonly text: string }[]): LayerScript[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return [...texts].flatMap(([path, code]) => {
    const map = texts.get(`${path}.map`);
    return map === undefined ? [] : [{ path, code, map }];
  });
}

/** Names the sources by their addresses, which mean the same wherever the function is unpacked. */
function withAddresses(map: string, folder: string): string {
  const value = parseJson(map);
  if (!isObject(value) || !isList(value['sources'])) throw new Error('esbuild wrote a map without sources');
  const sources = value['sources'].map((source) => pathToFileURL(resolve(folder, textOf(source))).href);
  return JSON.stringify({ ...value, sources });
}
