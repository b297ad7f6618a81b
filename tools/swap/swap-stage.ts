import { buildableOf, packageFunctions } from '../build/bundle-functions.ts';
import { Failure } from '../lib/failure.ts';
import { fewAtOnce } from '../lib/few-at-once.ts';
import { isList, objectAt, sha256, stringAt } from '../lib/json.ts';
import { zipFiles } from '../package/zip-folder.ts';
import type { Plan } from '../plan/plan.ts';
import { descriptionOf, shortRelease } from '../plan/recorded-block.ts';
import { functionNameOf } from '../template/function-name.ts';
import type { TreeFunction, TreeLayer } from '../tree/tree.ts';
import type { Base } from './base.ts';
import { readRunning, settleFunction, swapFunction } from './swap-function.ts';
import { removeLayer, swapLayer } from './swap-layer.ts';

/** Functions that are swapped side by side. The local cloud does one thing after the other; of many, the first are soon done. */
const atOnce = 3;

/** A function that runs something else than before. */
export type Swapped = Pick<TreeFunction, 'name' | 'logicalId' | 'release'>;

/**
 * Makes functions run what the base's tree has: those that differ from the stack by a swap, those that an edit has brought
 * back to it by going back.
 * @param plan of that tree against the base's record, of which `isSwappable` holds
 * @throws Failure where the sources have changed since the tree was read
 */
export async function swapStage(base: Base, plan: Plan, root: string): Promise<Swapped[]> {
  const { client, tree, swapped } = base;
  const differing = new Set(
    plan.items.filter(({ change }) => change === 'changed').map(({ kind, name }) => `${kind} ${name}`),
  );
  const differs = ({ name }: TreeFunction): boolean => differing.has(`function ${name}`);
  const moving = tree.functions.filter((it) => differs(it) && swapped.get(it.logicalId) !== short(it));
  const returning = tree.functions.filter((it) => !differs(it) && swapped.has(it.logicalId));
  const layers = tree.layers.filter(({ name }) => moving.length > 0 && differing.has(`layer ${name}`));
  const [zips, arns, running] = await Promise.all([
    packagesOf(moving, base, root),
    layersFor(base, layers, root),
    Promise.all(moving.map(async (it) => ({ it, now: await readRunning(client, functionNameOf(it)) }))),
  ]);
  const swapping = fewAtOnce(running, atOnce, async ({ it, now }) => {
    const swap = {
      functionName: functionNameOf(it),
      description: descriptionOf(it),
      release: it.release,
      commit: tree.commit,
      zip: zips.get(it.logicalId),
      layers: layersOf(it, arns),
    };
    await swapFunction(client, swap, now);
  });
  await Promise.all([swapping, ...returning.map((it) => settle(base, it, true))]);
  for (const it of moving) swapped.set(it.logicalId, short(it));
  for (const it of returning) swapped.delete(it.logicalId);
  for (const { logicalId } of [...moving, ...returning]) base.untidy.add(logicalId);
  return [...moving, ...returning];
}

/** Does what can wait until the new code answers: `$LATEST` as the stack has it, and little left of earlier swaps. */
export async function tidySwaps(base: Base): Promise<void> {
  const functions = base.tree.functions.filter(({ logicalId }) => base.untidy.has(logicalId));
  base.untidy.clear();
  await Promise.all(functions.map((it) => settle(base, it, false)));
}

const short = ({ release }: TreeFunction): string => release.slice(0, shortRelease);

async function settle({ client, record }: Base, it: TreeFunction, takesBack: boolean): Promise<void> {
  const recorded = record.functions.get(it.logicalId);
  if (recorded) await settleFunction(client, recorded, takesBack);
}

/** The packages of functions of which `$LATEST` may have another, byte for byte what a deploy would ship. */
async function packagesOf(
  functions: readonly TreeFunction[],
  { record, untidy, packages }: Base,
  root: string,
): Promise<Map<string, Uint8Array>> {
  const changed = functions.filter(({ logicalId, code }) => {
    return untidy.has(logicalId) || record.functions.get(logicalId)?.code !== code;
  });
  const byCode = new Map([...packages.values()].map((contents) => [sha256(contents), contents]));
  const open = changed.filter(({ code }) => !byCode.has(code));
  for (const { contents } of await packageFunctions(open.map(buildableOf), root))
    byCode.set(sha256(contents), contents);
  return new Map(
    changed.map(({ logicalId, name, code, entry }) => {
      const contents = byCode.get(code);
      if (!contents) throw new Failure(`${name} was saved again meanwhile.`, 'Save it once more.');
      return [logicalId, zipFiles([[entry.replace(/^.*\//, '').replace(/\.[cm]?tsx?$/, '.js'), contents]])];
    }),
  );
}

/** ARNs by logical id, of layers that differ those of what is published now, once for each release. */
async function layersFor(
  base: Base,
  differing: readonly TreeLayer[],
  root: string,
): Promise<Readonly<Record<string, string>>> {
  const arns = { ...base.layerArns };
  for (const layer of differing) {
    const before = base.sharedLayer;
    if (before?.release !== layer.release) {
      base.sharedLayer = { release: layer.release, arn: await swapLayer(base.client, layer, root) };
      if (before) await removeLayer(base.client, before.arn);
    }
    arns[layer.logicalId] = base.sharedLayer?.arn ?? '';
  }
  return arns;
}

function layersOf({ block }: TreeFunction, arns: Readonly<Record<string, string>>): string[] {
  const layers = objectAt(block, 'Properties')['Layers'];
  return (isList(layers) ? layers : []).map((layer) => {
    return typeof layer === 'string' ? layer : (arns[stringAt(layer, 'Ref') ?? ''] ?? '');
  });
}
