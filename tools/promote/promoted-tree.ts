import { sha256 } from '../lib/json.ts';
import { Failure } from '../lib/failure.ts';
import type { Selection } from '../plan/select.ts';
import { configurationOf } from '../tree/release.ts';
import type { Tree } from '../tree/tree.ts';
import type { Artifacts } from './artifacts.ts';

/**
 * The tree of a stage with the layers that the other stage runs. These may be older than the tree's, where the
 * difference is one that no function reaches.
 * @throws Failure where the artifacts are of another commit
 */
export function promotedTree(tree: Tree, artifacts: Artifacts): Tree {
  if (artifacts.commit !== tree.commit) {
    throw new Failure(
      `The artifacts were collected at ${artifacts.commit}, and this is ${tree.commit}.`,
      `Check out that commit, or collect them again: npm run aviary -- collect --stage ${artifacts.stage}.`,
    );
  }
  const layers = tree.layers.map((layer) => {
    const { [layer.logicalId]: staged } = artifacts.layers;
    if (!staged) return layer;
    const { code, files, packages } = staged;
    return { ...layer, code, files, packages, release: sha256({ code, block: configurationOf(layer.block) }) };
  });
  return { ...tree, layers };
}

/**
 * The logical ids of what a deploy moves and the artifacts have.
 * @throws Failure where a function or layer moves that the other stage does not run
 */
export function promotable(tree: Tree, selection: Selection, artifacts: Artifacts): string[] {
  const moving = [...tree.functions, ...tree.layers].filter(({ logicalId }) => selection.has(logicalId));
  const all = { ...artifacts.functions, ...artifacts.layers };
  const missing = moving.filter(({ logicalId, code }) => all[logicalId]?.code !== code).map(({ name }) => name);
  if (missing.length > 0) {
    throw new Failure(
      `${artifacts.stage} does not run ${missing.join(', ')} as the tree has it, so ${tree.stage} does not get it.`,
      `Deploy it there first: npm run deploy -- --stage ${artifacts.stage}.`,
    );
  }
  return moving.map(({ logicalId }) => logicalId);
}
