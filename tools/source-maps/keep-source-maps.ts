import { layerModules, sharedAlias } from '../build/layer-options.ts';
import { objectAt, textOf } from '../lib/json.ts';
import { warn } from '../lib/log.ts';
import { artifactBucket } from '../stack/artifact-bucket.ts';
import { bucketParameters } from '../stack/bucket-parameters.ts';
import type { Comparison } from '../stack/compare-stage.ts';
import type { Connection } from '../stack/connection.ts';
import type { Tree, TreeFunction } from '../tree/tree.ts';
import { buildSourceMaps, hashLength, type SourceMaps } from './build-source-maps.ts';
import { openMaps, type MapStore } from './map-store.ts';

/** Uploads at a time: a first deploy has some eighty maps of a few kilobytes. */
const uploads = 8;

/**
 * Keeps a source map of every file of the tree that a function or the shared layer is deployed with, in the artifact
 * bucket; only what is not there yet is built. A map is kept under the hash of the very bytes that it is of, so that of a
 * file that was built in another way, as from other sources, there is none: that is said, and nothing else fails.
 * @returns how many were added
 */
export async function keepSourceMaps(
  connection: Connection,
  { tree, stack }: Pick<Comparison, 'tree' | 'stack'>,
): Promise<number> {
  const { s3_bucket: named } = await bucketParameters(connection, tree.parameters);
  const bucket = named === undefined ? stack?.record && artifactBucket(stack.record) : textOf(named);
  if (bucket === undefined) {
    warn('No source maps are kept: there is no artifact bucket before the first deploy. The next deploy keeps them.');
    return 0;
  }
  const store = await openMaps(connection, bucket);
  const wanted = filesOf(tree);
  const kept = await store.list();
  const missing = new Map([...wanted].filter(([hash]) => !kept.has(hash)));
  const maps = await build(connection.root, tree.functions, missing);
  for (const [hash, name] of missing) {
    if (!maps.has(hash)) warn(`No source map is kept of ${name}: it does not build to the bytes that are deployed.`);
  }
  return await write(store, new Map([...maps].filter(([hash]) => missing.has(hash))));
}

/** Of each file that can be mapped, the hash that its map is kept under, and its name. */
function filesOf({ functions, layers }: Pick<Tree, 'functions' | 'layers'>): Map<string, string> {
  const own = functions.map(({ code, name }) => [code.slice(0, hashLength), name] as const);
  // What the dependencies layer lists are entries; it is made of packages, whose frames are left as they are.
  const shared = layers
    .flatMap(({ files }) => Object.entries(files))
    .filter(([path]) => path.startsWith(`${layerModules}/${sharedAlias}`));
  return new Map([...own, ...shared.map(([path, hash]) => [hash, path] as const)]);
}

async function build(
  root: string,
  functions: readonly TreeFunction[],
  missing: ReadonlyMap<string, string>,
): Promise<SourceMaps> {
  const moved = functions.filter(({ code }) => missing.has(code.slice(0, hashLength)));
  const buildable = moved.map(({ logicalId, entry, block }) => {
    return { logicalId, entry, buildProperties: objectAt(objectAt(block, 'Metadata'), 'BuildProperties') };
  });
  return await buildSourceMaps(root, buildable, { layer: missing.size > moved.length });
}

async function write(store: MapStore, maps: SourceMaps): Promise<number> {
  const open = [...maps];
  const inTurn = async (): Promise<void> => {
    for (let next = open.pop(); next; next = open.pop()) await store.write(...next);
  };
  await Promise.all(Array.from({ length: uploads }, inTurn));
  return maps.size;
}
