import { isObject, objectAt, sha256, type JsonObject } from '../lib/json.ts';
import { blockReasons, functionReasons, layerReasons, parameterReason, type Reason } from './reasons.ts';
import { activeLayerPins, holdLayer, holdOnLayers } from './layer-pins.ts';
import { activePin, type Pin } from './pin.ts';
import { templateHash, type StackRecord } from './record.ts';
import { referencedBy } from '../template/reference-names.ts';
import type { Tree, TreeBlock, TreeFunction, TreeLayer } from '../tree/tree.ts';

/** Version of the plan's form; a reader refuses another. */
export const planVersion = 2;

/**
 * `held`: deploys leave it alone. A function that was rolled back from the very release that the tree asks for (a deploy
 * that names it brings it back), or that is pinned; and what such a function refers to, where the tree has it no more.
 */
export const changes = ['new', 'changed', 'unchanged', 'held', 'removed'] as const;
export type Change = (typeof changes)[number];

/** The changes after which there is nothing to do, unless it is asked for by name. */
export const staying: readonly Change[] = ['unchanged', 'held'];

/** One function, layer, or other part of the template. */
export interface PlanItem {
  /** The folder's name of a function or layer, the logical id of any other resource, parameter or output. */
  readonly name: string;
  readonly kind: 'function' | 'layer' | 'resource';
  readonly change: Change;
  readonly reasons: readonly Reason[];
  /** sha256 of the code; null for a resource, and for what is removed. */
  readonly code: string | null;
  /** What the tree asks for; null for what is removed. */
  readonly release: string | null;
  /** What is deployed; null for what is new. */
  readonly running: string | null;
}

/** What a deploy of everything would do, and why. */
export interface Plan {
  readonly version: typeof planVersion;
  readonly stage: string;
  readonly commit: string;
  /** sha256 of the deployed template that the tree was compared with; null where nothing is deployed. */
  readonly deployed: string | null;
  readonly uniform: boolean;
  /** What a deploy was asked to move, by name; null for everything that differs. */
  readonly only: readonly string[] | null;
  /** Whether what was asked for by name is built again although it is unchanged. */
  readonly rebuild: boolean;
  readonly items: readonly PlanItem[];
}

export interface PlanOptions {
  /** Move every function to the newest version of its layers, also where the part that it reaches is the same. */
  readonly uniform?: boolean | undefined;
  /** Names of functions, layers or resources; everything that differs when left out. */
  readonly only?: readonly string[] | undefined;
  /** Build what `only` names also where it is unchanged: an earlier build cannot be told where it came from. */
  readonly rebuild?: boolean | undefined;
  /** By which pins have expired. */
  readonly now?: Date | undefined;
}

/**
 * Compares the tree with the record. Functions and layers are all listed; of other parts those that differ.
 * @param record undefined where there is no stack yet
 */
export function makePlan(
  tree: Tree,
  record: StackRecord | undefined,
  { uniform = false, only, rebuild = false, now = new Date() }: PlanOptions = {},
): Plan {
  const pins = activeLayerPins(record, now);
  const hold = (it: PlanItem): PlanItem => (it.change === 'unchanged' && !rebuild ? it : holdPinned(it, record, now));
  const functions = [
    ...tree.functions.map((wanted) => {
      const item = hold(planFunction(wanted, tree, record, uniform ? pins : undefined));
      return holdOnLayers(item, wanted, layersOf(wanted, tree), { record, pins });
    }),
    ...removed('function', [...(record?.functions.values() ?? [])], tree.functions).map(hold),
  ];
  const needed = neededByHeld(functions, record);
  const layers = tree.layers.map((wanted) =>
    holdLayer(planLayer(wanted, tree, record, functions), wanted, functions, pins),
  );
  return {
    version: planVersion,
    stage: tree.stage,
    commit: tree.commit,
    deployed: record ? templateHash(record) : null,
    uniform,
    only: only ?? null,
    rebuild,
    items: [
      ...layers,
      ...removed('layer', [...(record?.layers.values() ?? [])], tree.layers),
      ...functions,
      ...planBlocks(tree.resources, record?.resources ?? {}, (id) => blockIn(record, 'Resources', id)).map((it) =>
        holdNeeded(it, needed),
      ),
      ...planBlocks(tree.outputs, record?.outputs ?? {}, (id) => blockIn(record, 'Outputs', id)),
      ...planParameters(tree, record),
    ],
  };
}

/** True where a deploy would have nothing to do. */
export function isSettled(plan: Plan): boolean {
  return plan.items.every(({ change }) => staying.includes(change));
}

/** @param uniform where every function moves to the newest layers: those that are pinned, which it does not */
function planFunction(
  wanted: TreeFunction,
  tree: Tree,
  record: StackRecord | undefined,
  uniform: ReadonlyMap<string, Pin> | undefined,
): PlanItem {
  const { name, code, release, logicalId } = wanted;
  const running = record?.functions.get(logicalId);
  const item = { name, kind: 'function' as const, code, release, running: running?.release ?? null };
  if (!running) return { ...item, change: 'new', reasons: [{ kind: 'new', detail: 'not deployed yet' }] };
  if (running.rolledBackFrom === release) {
    return { ...item, change: 'held', reasons: [{ kind: 'rolled-back', detail: 'from this release' }] };
  }
  if (running.release !== release)
    return { ...item, change: 'changed', reasons: functionReasons(wanted, running, record) };
  const behind = uniform && record ? layersBehind(wanted, tree, record, uniform) : [];
  return behind.length === 0
    ? { ...item, change: 'unchanged', reasons: [] }
    : {
        ...item,
        change: 'changed',
        reasons: behind.map((layer) => ({ kind: 'layer', detail: `${layer}: --uniform` })),
      };
}

/** What was planned for a function that may move, unless it is pinned. */
function holdPinned(item: PlanItem, record: StackRecord | undefined, now: Date): PlanItem {
  const running = [...(record?.functions.values() ?? [])].find(({ name }) => name === item.name);
  const pin = running && activePin(running, now);
  if (!pin) return item;
  return { ...item, change: 'held', reasons: [{ kind: 'pinned', detail: `until ${pin.until}: ${pin.reason}` }] };
}

/** Of what a held function refers to as it is deployed, directly or through others: which function that is. */
function neededByHeld(functions: readonly PlanItem[], record: StackRecord | undefined): Map<string, string> {
  const needed = new Map<string, string>();
  const held = new Set(functions.filter(({ change }) => change === 'held').map(({ name }) => name));
  for (const { name, block } of record?.functions.values() ?? []) {
    const open = held.has(name) ? [...referencedBy(block)] : [];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (needed.has(id)) continue;
      needed.set(id, name);
      open.push(...referencedBy(blockIn(record, 'Resources', id) ?? {}));
    }
  }
  return needed;
}

/** What was planned for another part of the template, unless it would go and a held function needs it. */
function holdNeeded(item: PlanItem, needed: ReadonlyMap<string, string>): PlanItem {
  const by = item.change === 'removed' ? needed.get(item.name) : undefined;
  return by === undefined
    ? item
    : { ...item, change: 'held', reasons: [{ kind: 'needed', detail: `by ${by}, which is held` }] };
}

/** Names of the layers of which a function does not have the tree's content, or not the stack's newest version. */
function layersBehind(wanted: TreeFunction, tree: Tree, record: StackRecord, pins: ReadonlyMap<string, Pin>): string[] {
  const deployed = JSON.stringify(record.functions.get(wanted.logicalId)?.block['Properties'] ?? null);
  return layersOf(wanted, tree)
    .filter(({ logicalId, release }) => {
      if (pins.has(logicalId)) return false;
      const onOlder = !deployed.includes(`"Ref":"${logicalId}"`);
      return onOlder || record.layers.get(logicalId)?.release !== release;
    })
    .map(({ name }) => name);
}

/** The layers that a function's block refers to. */
export function layersOf({ block }: TreeFunction, { layers }: Tree): TreeLayer[] {
  const text = JSON.stringify(block['Properties'] ?? null);
  return layers.filter(({ logicalId }) => text.includes(`{"Ref":"${logicalId}"}`));
}

/**
 * A layer that differs is published when a function moves to it. A difference that no function reaches changes nothing
 * that runs, and waits.
 */
function planLayer(
  wanted: TreeLayer,
  tree: Tree,
  record: StackRecord | undefined,
  functions: readonly PlanItem[],
): PlanItem {
  const { name, code, release, logicalId } = wanted;
  const running = record?.layers.get(logicalId);
  const item = { name, kind: 'layer' as const, code, release, running: running?.release ?? null };
  if (!running) return { ...item, change: 'new', reasons: [{ kind: 'new', detail: 'not deployed yet' }] };
  const stays = ({ change, reasons }: PlanItem): boolean =>
    change === 'unchanged' || reasons.some(({ kind }) => kind === 'pinned' || kind === 'pinned-layer');
  const moving = new Set(functions.filter((it) => !stays(it)).map((it) => it.name));
  const used = tree.functions.some((it) => moving.has(it.name) && layersOf(it, tree).includes(wanted));
  return running.release === release || !used
    ? { ...item, change: 'unchanged', reasons: [] }
    : { ...item, change: 'changed', reasons: layerReasons(wanted, running) };
}

function removed(
  kind: 'function' | 'layer',
  running: readonly { logicalId: string; name: string; release: string }[],
  wanted: readonly { logicalId: string }[],
): PlanItem[] {
  return running
    .filter(({ logicalId }) => !wanted.some((it) => it.logicalId === logicalId))
    .map(({ name, release }) => ({
      name,
      kind,
      change: 'removed',
      reasons: [{ kind: 'removed', detail: 'not in template.yaml' }],
      code: null,
      release: null,
      running: release,
    }));
}

function blockIn(record: StackRecord | undefined, section: string, logicalId: string): JsonObject | undefined {
  const block = objectAt(record?.template, section)[logicalId];
  return isObject(block) ? block : undefined;
}

function planBlocks(
  wanted: readonly TreeBlock[],
  recorded: StackRecord['resources'],
  deployed: (logicalId: string) => JsonObject | undefined,
): PlanItem[] {
  const items: PlanItem[] = [];
  for (const it of wanted) {
    const running = recorded[it.logicalId];
    if (running?.hash === it.hash) continue;
    const reasons = running
      ? blockReasons(it, running, deployed(it.logicalId))
      : [{ kind: 'new', detail: 'not deployed yet' } as const];
    items.push(resourceItem(it.logicalId, running ? 'changed' : 'new', reasons, it.hash, running?.hash ?? null));
  }
  for (const [logicalId, { hash }] of Object.entries(recorded)) {
    if (wanted.some((it) => it.logicalId === logicalId)) continue;
    items.push(resourceItem(logicalId, 'removed', [{ kind: 'removed', detail: 'not in template.yaml' }], null, hash));
  }
  return items;
}

function planParameters(tree: Tree, record: StackRecord | undefined): PlanItem[] {
  if (!record) return [];
  const names = new Set([...Object.keys(tree.parameters), ...Object.keys(record.parameters)]);
  return [...names].flatMap((name) => {
    const [wanted, running] = [tree.parameters[name], record.parameters[name]];
    if (wanted !== undefined && running !== undefined && sha256(wanted) === sha256(running)) return [];
    const change = running === undefined ? 'new' : wanted === undefined ? 'removed' : 'changed';
    const hash = (value: typeof wanted): string | null => (value === undefined ? null : sha256(value));
    return [resourceItem(name, change, [parameterReason(wanted, running)], hash(wanted), hash(running))];
  });
}

function resourceItem(
  name: string,
  change: Change,
  reasons: readonly Reason[],
  release: string | null,
  running: string | null,
): PlanItem {
  return { name, kind: 'resource', change, reasons, code: null, release, running };
}
