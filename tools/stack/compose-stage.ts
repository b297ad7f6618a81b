import { relative, join, sep } from 'node:path';
import { Failure } from '../lib/failure.ts';
import type { JsonObject } from '../lib/json.ts';
import { warn } from '../lib/log.ts';
import { compose } from '../plan/compose.ts';
import { activeLayerPins } from '../plan/layer-pins.ts';
import { despiteAlarm } from '../plan/despite-alarm.ts';
import { select, type Selection } from '../plan/select.ts';
import { promotable } from '../promote/promoted-tree.ts';
import { takePackages } from '../promote/take-packages.ts';
import { verifyProvenance } from '../promote/verify-provenance.ts';
import { productionStage } from '../template/read-stages.ts';
import { keepUnchanged } from '../stacks/keep-unchanged.ts';
import { misplaced } from '../stacks/misplaced.ts';
import { placeFunctions } from '../stacks/place-functions.ts';
import type { Tree } from '../tree/tree.ts';
import { bucketParameters } from './bucket-parameters.ts';
import type { Comparison, DeployRequest, Promotion } from './compare-stage.ts';
import type { Connection } from './connection.ts';
import { assertDeployable, layerArns, listResources } from './read-stack.ts';
import { composedFiles, composedPrefix, emptyComposed, writeComposed, type Composed } from './write-composed.ts';

/** A composed deploy. */
export interface ComposedStage {
  readonly files: Composed;
  readonly template: JsonObject;
  /** The functions that it moves. */
  readonly moving: Tree['functions'];
}

/**
 * Writes the composed template of a deploy; undefined where there is nothing to do.
 * @throws Failure where the stack cannot be updated now, as {@link despiteAlarm}, and where a package that is promoted is not what it should be
 */
export async function composeStage(
  connection: Connection,
  { tree, stack, plan }: Comparison,
  { promotion, despite, fromSource = false }: Pick<DeployRequest, 'promotion' | 'despite' | 'fromSource'> = {},
): Promise<ComposedStage | undefined> {
  const { root, stage } = connection;
  const record = stack?.record;
  const selection = select(tree, record, plan);
  if (selection.size === 0) return undefined;
  for (const sentence of misplaced(tree, record)) warn(sentence);
  const moving = tree.functions.filter(({ logicalId }) => selection.has(logicalId));
  assertDeployable(stack, stage.stackName, stage.name);
  if (stage.name === productionStage && !promotion && !fromSource) assertNoCode(tree, selection);
  // Layers are never in nested stacks.
  const arns = record ? layerArns(await listResources(connection, undefined), [...record.layers.keys()]) : {};
  emptyComposed(root, stage);
  const packages = promotion ? await promotedPackages(connection, tree, selection, promotion) : undefined;
  const pinned = new Set(activeLayerPins(record, new Date()).keys());
  const whole = compose({ tree, record, selection, layerArns: arns, prefix: composedPrefix, packages, pinned });
  const ids = moving.map(({ logicalId }) => logicalId);
  const placed = placeFunctions(despite ? despiteAlarm(whole, ids, despite) : whole, record?.template);
  const template = keepUnchanged(placed, record?.template);
  const files = writeComposed(root, stage, template, await bucketParameters(connection, tree.parameters));
  return { files, template, moving };
}

/** @throws Failure where code moves: production takes what staging runs, and gets no build of its own */
function assertNoCode(tree: Tree, selection: Selection): void {
  const moving = [...tree.functions, ...tree.layers].filter(({ logicalId }) => selection.has(logicalId));
  if (moving.length === 0) return;
  throw new Failure(
    `Production takes what staging runs, and ${moving.map(({ name }) => name).join(', ')} would be built here.`,
    'Promote it: npm run aviary -- promote. In an emergency: --from-source.',
  );
}

/** Logical id to the zip, as a path from the folder of the composed template. */
async function promotedPackages(
  { root, stage }: Connection,
  tree: Tree,
  selection: Selection,
  { artifacts, folder, attestedBy }: Promotion,
): Promise<Record<string, string>> {
  const files = composedFiles(stage);
  const ids = promotable(tree, selection, artifacts);
  const taken = takePackages(ids, artifacts, folder, join(root, files.packageFolder));
  if (attestedBy !== undefined) await verifyProvenance(attestedBy, taken, root);
  const fromTemplate = (file: string): string => relative(join(root, files.folder), file).split(sep).join('/');
  return Object.fromEntries(Object.entries(taken).map(([id, file]) => [id, fromTemplate(file)]));
}
