import { buildableOf } from '../build/bundle-functions.ts';
import { textOf } from '../lib/json.ts';
import { warn } from '../lib/log.ts';
import { bucketOf } from '../rollback/find-earlier.ts';
import { bucketParameters } from '../stack/bucket-parameters.ts';
import type { Comparison } from '../stack/compare-stage.ts';
import type { Connection } from '../stack/connection.ts';
import type { Tree } from '../tree/tree.ts';
import { mapFunctions, mapSharedLayer } from './build-source-maps.ts';
import { isSharedLayer } from './find-code.ts';
import { openMaps } from './map-store.ts';

/**
 * Keeps the source maps of the tree's functions and of its shared layer in the artifact bucket, each under the `code` of
 * what it is of; only what is not there yet is built. A function that does not build to the bytes that are deployed gets no
 * map: that is said, and nothing else fails.
 * @returns how many were added
 */
export async function keepSourceMaps(
  connection: Connection,
  { tree, stack }: Pick<Comparison, 'tree' | 'stack'>,
): Promise<number> {
  const { s3_bucket: named } = await bucketParameters(connection, tree.parameters);
  const bucket = named === undefined ? stack?.record && bucketOf(stack.record) : textOf(named);
  if (bucket === undefined) {
    warn('No source maps are kept: there is no artifact bucket before the first deploy. The next deploy keeps them.');
    return 0;
  }
  const store = await openMaps(connection, bucket);
  const kept = await store.list();
  const functions = tree.functions.filter(({ code }) => !kept.has(code));
  const layers = tree.layers.filter((layer) => isSharedLayer(layer) && !kept.has(layer.code));
  const maps = [...(await mapOf(connection.root, functions)), ...(await mapLayers(connection.root, layers))];
  await Promise.all(maps.map(([code, map]) => store.write(code, map)));
  return maps.length;
}

type Maps = readonly (readonly [code: string, map: string])[];

async function mapOf(root: string, functions: Tree['functions']): Promise<Maps> {
  const maps = await mapFunctions(root, functions.map(buildableOf));
  for (const { code, name } of functions) {
    if (!maps.has(code)) warn(`No source map is kept of ${name}: it does not build to the bytes that are deployed.`);
  }
  return [...maps].filter(([code]) => functions.some((it) => it.code === code));
}

/** A layer's code is that of its modules, from which the file follows: it has no hash of its own. */
async function mapLayers(root: string, layers: Tree['layers']): Promise<Maps> {
  const [map] = layers.length === 0 ? [] : (await mapSharedLayer(root)).values();
  return map === undefined ? [] : layers.map(({ code }) => [code, map] as const);
}
