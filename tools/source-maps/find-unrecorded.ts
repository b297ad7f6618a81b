import { buildableOf } from '../build/bundle-functions.ts';
import { Failure } from '../lib/failure.ts';
import type { Connection } from '../stack/connection.ts';
import { functionNameOf } from '../template/function-name.ts';
import { readTree } from '../tree/read-tree.ts';
import { mapFunctions, mapSharedLayer, type SourceMaps } from './build-source-maps.ts';
import { isSharedLayer, scriptOf, type ReleasedCode } from './find-code.ts';
import type { MapStore } from './map-store.ts';

/** What the local stage has run without a deploy, and so is in no record; with the maps of it that no store has. */
export interface Unrecorded {
  readonly code: ReleasedCode;
  readonly maps: SourceMaps;
}

/** Finds what a rehearsal or a save has run. @param release its first digits */
export async function findUnrecorded(
  connection: Connection,
  store: MapStore,
  functionName: string,
  release: string,
): Promise<Unrecorded | undefined> {
  return (await findRehearsed(store, release)) ?? (await findSaved(connection, functionName, release));
}

/** The release of what is rehearsed is the beginning of its code, which has the shared modules inside. */
async function findRehearsed(store: MapStore, release: string): Promise<Unrecorded | undefined> {
  const code = [...(await store.list())].find((it) => it.startsWith(release));
  return code === undefined ? undefined : { code: { file: 'handler.js', code, layer: undefined }, maps: new Map() };
}

/** What a save has swapped in: the tree has it, until the next save. */
async function findSaved(
  { root, stage }: Connection,
  functionName: string,
  release: string,
): Promise<Unrecorded | undefined> {
  const tree = await readTree(root, stage).catch(noneOfBroken);
  const saved = tree?.functions.find((it) => functionNameOf(it) === functionName && it.release.startsWith(release));
  if (tree === undefined || saved === undefined) return undefined;
  const layer = tree.layers.find(isSharedLayer)?.code;
  const [own, shared] = await Promise.all([mapFunctions(root, [buildableOf(saved)]), mapSharedLayer(root)]);
  // A layer's code is that of its modules, from which the file follows.
  const ofLayer = [...shared.values()].flatMap((map) => (layer === undefined ? [] : [[layer, map] as const]));
  return { code: { file: scriptOf(saved.block), code: saved.code, layer }, maps: new Map([...own, ...ofLayer]) };
}

/** A tree that does not compile, as in the middle of an edit, is not what runs. */
function noneOfBroken(error: unknown): undefined {
  if (!(error instanceof Failure)) throw error;
}
