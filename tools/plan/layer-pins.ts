import { isList, isObject, objectAt, stringAt, type JsonObject } from '../lib/json.ts';
import type { TreeFunction, TreeLayer } from '../tree/tree.ts';
import { activePin, type Pin } from './pin.ts';
import type { PlanItem } from './plan.ts';
import { layersReached } from './reasons.ts';
import type { RecordedFunction, StackRecord } from './record.ts';

/** The pins of layers that still hold. */
export function activeLayerPins(record: StackRecord | undefined, now: Date): ReadonlyMap<string, Pin> {
  const all = Object.entries(record?.pins ?? {});
  return new Map(all.filter(([, pin]) => activePin({ pin }, now) !== undefined));
}

/** What was planned for a layer, unless it is pinned and would be published, also for a function that is held because of it. */
export function holdLayer(
  item: PlanItem,
  { logicalId, name }: TreeLayer,
  functions: readonly PlanItem[],
  pins: ReadonlyMap<string, Pin>,
): PlanItem {
  const pin = pins.get(logicalId);
  const waits = functions.some(({ reasons }) =>
    reasons.some(({ kind, detail }) => kind === 'pinned-layer' && detail.startsWith(`${name} `)),
  );
  if (!pin || (item.change !== 'changed' && !waits)) return item;
  return { ...item, change: 'held', reasons: [{ kind: 'pinned', detail: `until ${pin.until}: ${pin.reason}` }] };
}

/**
 * What was planned for a function, unless it would move and needs of a pinned layer what the version that it has may lack:
 * another part than it runs with, or, of a function that runs nowhere yet, another layer than the deployed one.
 * @param layers those that it refers to
 */
export function holdOnLayers(
  item: PlanItem,
  wanted: TreeFunction,
  layers: readonly TreeLayer[],
  { record, pins }: { readonly record: StackRecord | undefined; readonly pins: ReadonlyMap<string, Pin> },
): PlanItem {
  if (item.change === 'unchanged' || item.reasons.some(({ kind }) => kind === 'pinned')) return item;
  const running = record?.functions.get(wanted.logicalId);
  const reasons = layers.flatMap(({ logicalId, name, release }) => {
    const pin = pins.get(logicalId);
    const lacks = running
      ? layersReached(wanted, running).includes(name)
      : record?.layers.get(logicalId)?.release !== release;
    return pin && lacks ? [{ kind: 'pinned-layer' as const, detail: `${name} until ${pin.until}: ${pin.reason}` }] : [];
  });
  return reasons.length === 0 ? item : { ...item, change: 'held', reasons };
}

/** A function's block that moves, on the versions of pinned layers that the function has; one that is new, on the newest. */
export function onPinnedLayers(
  block: JsonObject,
  running: RecordedFunction | undefined,
  record: StackRecord | undefined,
  pinned: ReadonlySet<string>,
): JsonObject {
  const properties = objectAt(block, 'Properties');
  const layers = properties['Layers'];
  const had = objectAt(running?.block, 'Properties')['Layers'];
  if (!isList(layers) || !isList(had)) return block;
  const kept = layers.map((layer) => {
    const id = isObject(layer) ? stringAt(layer, 'Ref') : undefined;
    if (id === undefined || !pinned.has(id)) return layer;
    const name = stringAt(objectAt(record?.layers.get(id)?.block, 'Properties'), 'LayerName');
    return had.find((one) => typeof one === 'string' && one.split(':').at(-2) === name) ?? layer;
  });
  return { ...block, Properties: { ...properties, Layers: kept } };
}
