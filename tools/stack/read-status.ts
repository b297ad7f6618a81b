import type { Override } from '../plan/despite-alarm.ts';
import { activeLayerPins } from '../plan/layer-pins.ts';
import { activePin, type Pin } from '../plan/pin.ts';
import type { Change } from '../plan/plan.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import { apiUrl } from './check-health.ts';
import { compareStage, type Comparison } from './compare-stage.ts';
import type { Connection } from './connection.ts';
import { readLiveVersions } from './read-functions.ts';
import { listResources } from './read-stack.ts';

export interface FunctionStatus {
  readonly name: string;
  /** What the record says; null for what is not deployed. */
  readonly release: string | null;
  readonly commit: string | null;
  /** Number of the version behind `live`. */
  readonly version: string | null;
  /** When that version was made, ISO 8601. */
  readonly since: string | null;
  /** Whether the tree asks for something else. */
  readonly tree: Change;
  /** False where the alias points at something else than the stack says, as after a change by hand; a swap is none. */
  readonly agrees: boolean;
  /** First digits of the release that a save has put behind `live`, until a deploy; null where none has. */
  readonly swapped: string | null;
  /** Why deploys leave it alone; null where they do not. */
  readonly pin: Pin | null;
  /** The alarm in spite of which it was deployed; null where there was none. */
  readonly despite: Override | null;
}

export interface Status {
  readonly stage: string;
  readonly stack: string;
  /** CloudFormation's word for its state; null where there is no stack. */
  readonly state: string | null;
  readonly url: string | null;
  readonly functions: readonly FunctionStatus[];
  /** Layers that deploys leave alone. */
  readonly pinnedLayers: readonly { readonly name: string; readonly pin: Pin }[];
  /** Layers and other parts of the template that the tree has otherwise. */
  readonly differing: readonly string[];
}

/** Reads what runs in a stage from the stack and from Lambda, and compares it with the tree. */
export async function readStatus(connection: Connection): Promise<Status> {
  return await statusOf(connection, await compareStage(connection));
}

/** As {@link readStatus}, of a tree and a stack that were compared. */
export async function statusOf(connection: Connection, { tree, stack, plan }: Comparison): Promise<Status> {
  const { stage } = connection;
  const live = stack?.record
    ? await readLiveVersions(connection, await listResources(connection, stack.record))
    : new Map<string, never>();
  const now = new Date();
  const recorded = [...(stack?.record?.functions.values() ?? [])];
  const ids = new Map([...recorded, ...tree.functions].map(({ name, logicalId }) => [name, logicalId]));
  const functions = plan.items
    .filter(({ kind }) => kind === 'function')
    .map(({ name, change, running }): FunctionStatus => {
      const id = ids.get(name) ?? name;
      const record = stack?.record?.functions.get(id);
      const version = live.get(id);
      return {
        name,
        release: running,
        commit: record?.commit ?? null,
        version: version?.version ?? null,
        since: version?.since ?? null,
        tree: change,
        agrees: version?.swap !== undefined || version?.release === running?.slice(0, shortRelease),
        swapped: version?.swap?.release ?? null,
        pin: (record && activePin(record, now)) ?? null,
        despite: record?.despite ?? null,
      };
    });
  return {
    stage: stage.name,
    stack: stage.stackName,
    state: stack?.status ?? null,
    url: apiUrl(connection, stack?.outputs ?? {}) ?? null,
    functions,
    pinnedLayers: [...activeLayerPins(stack?.record, now)].map(([id, pin]) => ({
      name: stack?.record?.layers.get(id)?.name ?? id,
      pin,
    })),
    differing: plan.items
      .filter(({ kind, change }) => kind !== 'function' && change !== 'unchanged')
      .map(({ name }) => name),
  };
}
