import { join } from 'node:path';
import { cloudDirectory } from '../local/cloud.ts';
import type { Stage } from '../template/read-stages.ts';
import { readTree } from '../tree/read-tree.ts';
import { inspectedFunctions } from './inspected.ts';
import { mapKeeper, type KeepMaps } from './keep-maps.ts';
import { mapFolderVariable } from './map-folder.ts';

/** What a local cloud needs so that debuggers can be attached to functions. */
export interface Inspection {
  /** Settings of the cloud. */
  readonly environment: Readonly<Record<string, string>>;
  /** For what runs next, before it does. */
  readonly keepMaps: KeepMaps;
  /** Where each function's debugger listens, a line each. */
  readonly text: string;
}

/**
 * Finds a port for each function that is named, and writes the source maps of what it runs.
 * @param names of functions, or `all`
 * @param firstPort of the first of them, the others follow; 0 for any free ones
 * @throws Failure for a name that is none, a port that is taken, and code that does not compile
 */
export async function prepareInspection(
  root: string,
  stage: Stage,
  names: readonly string[],
  firstPort: number,
): Promise<Inspection> {
  const tree = await readTree(root, stage);
  const inspected = await inspectedFunctions(names, tree.functions, firstPort);
  const folder = join(cloudDirectory(root), 'source-maps');
  const keepMaps = mapKeeper(root, folder, new Set(inspected.map(({ name }) => name)));
  await keepMaps(tree);
  const ports = Object.fromEntries(inspected.map(({ functionName, port }) => [functionName, port]));
  return {
    // Read by tools/local/inspected_functions.py, and by attach-maps.ts.
    environment: { AVIARY_INSPECT: JSON.stringify(ports), [mapFolderVariable]: folder },
    keepMaps,
    text: inspected.map(({ name, port }) => `debugger: ${name} ws 127.0.0.1:${port}\n`).join(''),
  };
}
