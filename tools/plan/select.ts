import { closest } from 'fastest-levenshtein';
import { Failure } from '../lib/failure.ts';
import { referencedBy } from '../template/reference-names.ts';
import { layersOf, staying, type Plan } from './plan.ts';
import type { StackRecord } from './record.ts';
import type { Tree } from '../tree/tree.ts';

/**
 * Logical ids, of outputs as {@link outputKey}, that a deploy moves to what the tree says; everything else stays as it is
 * deployed.
 */
export type Selection = ReadonlySet<string>;

/** The key of an output, which may have the name of a function. */
export const outputKey = (logicalId: string): string => `Outputs.${logicalId}`;

/** What the plan was asked to move. @throws Failure as {@link selectOnly} */
export function select(tree: Tree, record: StackRecord | undefined, plan: Plan): Selection {
  return plan.only ? selectOnly(plan.only, tree, record, plan) : selectAll(tree, record, plan);
}

/** Everything that the plan says is not as it should be. */
export function selectAll(tree: Tree, record: StackRecord | undefined, plan: Plan): Selection {
  const differing = new Set(
    plan.items.filter(({ change }) => !staying.includes(change)).map(({ kind, name }) => `${kind} ${name}`),
  );
  return new Set(parts(tree, record).flatMap(({ key, logicalId }) => (differing.has(key) ? [logicalId] : [])));
}

/**
 * The functions that were asked for, with what they cannot do without: the layers that they move to, and the new or
 * changed resources that they refer to, directly or through others.
 * @param names folder names of functions or layers, or logical ids
 * @throws Failure for a name that is neither in the tree nor deployed, with the nearest one, and for a pinned function
 */
export function selectOnly(
  names: readonly string[],
  tree: Tree,
  record: StackRecord | undefined,
  plan: Plan,
): Selection {
  const known = parts(tree, record);
  const wanted = names.map((name) => {
    const found =
      known.find((part) => part.name === name && !part.key.startsWith('resource ')) ??
      known.find((part) => part.logicalId === name) ??
      known.find((part) => part.name === name);
    if (found) return found.logicalId;
    const near = closest(
      name,
      known.map((part) => part.name),
    );
    throw new Failure(`There is no function ${name}.`, `Did you mean ${near}? npm run status lists them.`);
  });
  const differing = new Set(selectAll(tree, record, plan));
  for (const { name, kind, change, reasons } of plan.items) {
    const held = change === 'held' ? known.find((part) => part.key === `${kind} ${name}`) : undefined;
    if (!held || !wanted.includes(held.logicalId)) continue;
    const pinned = reasons.find(({ kind }) => kind === 'pinned');
    if (pinned)
      throw new Failure(`${name} is pinned ${pinned.detail}.`, `To deploy it: npm run aviary -- unpin ${name}.`);
    const layer = reasons.find(({ kind }) => kind === 'pinned-layer')?.detail;
    if (layer !== undefined) {
      throw new Failure(
        `${name} needs what is new in a layer that is pinned: ${layer}.`,
        `To deploy it: npm run aviary -- unpin ${layer.split(' ')[0] ?? ''}.`,
      );
    }
    differing.add(held.logicalId);
  }
  if (plan.rebuild) {
    const code = new Set([...tree.functions, ...tree.layers].map(({ logicalId }) => logicalId));
    for (const logicalId of wanted) if (code.has(logicalId)) differing.add(logicalId);
    // A layer whose difference waited goes along with what is built again, as it does with what changes.
    for (const { logicalId, release } of tree.layers)
      if (record?.layers.get(logicalId)?.release !== release) differing.add(logicalId);
  }
  const chosen = new Set([...closure(wanted, tree, record)].filter((logicalId) => differing.has(logicalId)));
  const moving = tree.functions.filter(({ logicalId }) => chosen.has(logicalId));
  for (const layer of tree.layers) {
    // It differs for the sake of a function that was not asked for.
    const used = wanted.includes(layer.logicalId) || moving.some((it) => layersOf(it, tree).includes(layer));
    if (!used && record?.layers.has(layer.logicalId) === true) chosen.delete(layer.logicalId);
  }
  return chosen;
}

interface Part {
  readonly key: string;
  readonly name: string;
  readonly logicalId: string;
}

function parts(tree: Tree, record: StackRecord | undefined): Part[] {
  const part = (kind: string, { name, logicalId }: { name: string; logicalId: string }): Part => {
    return { key: `${kind} ${name}`, name, logicalId };
  };
  const block = (logicalId: string): Part => part('resource', { name: logicalId, logicalId });
  const output = (name: string): Part => part('resource', { name, logicalId: outputKey(name) });
  return [
    ...tree.functions.map((it) => part('function', it)),
    ...tree.layers.map((it) => part('layer', it)),
    ...[...(record?.functions.values() ?? [])].map((it) => part('function', it)),
    ...[...(record?.layers.values() ?? [])].map((it) => part('layer', it)),
    ...tree.resources.map(({ logicalId }) => block(logicalId)),
    ...Object.keys(record?.resources ?? {}).map(block),
    ...tree.outputs.map(({ logicalId }) => output(logicalId)),
    ...Object.keys(record?.outputs ?? {}).map(output),
    ...Object.keys({ ...tree.parameters, ...record?.parameters }).map(block),
  ];
}

/** The names with all that they refer to in the tree. */
function closure(names: readonly string[], tree: Tree, record: StackRecord | undefined): Set<string> {
  const references = new Map<string, Iterable<string>>();
  for (const { logicalId, block } of tree.resources) references.set(logicalId, referencedBy(block));
  for (const it of tree.functions) {
    references.set(it.logicalId, [...referencedBy(it.block), ...layersOf(it, tree).map(({ logicalId }) => logicalId)]);
  }
  const reached = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    // Another function that is referred to (a hook, say) is not asked for, so it stays; a new one must come along.
    for (const reference of references.get(name) ?? []) {
      const stays = tree.functions.some(({ logicalId }) => logicalId === reference) && record?.functions.has(reference);
      if (stays !== true) open.push(reference);
    }
  }
  return reached;
}
