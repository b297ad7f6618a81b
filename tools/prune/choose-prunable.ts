import type { StackRecord } from '../plan/record.ts';
import type { Deployed } from '../rollback/find-earlier.ts';
import type { StoredObject } from '../stack/list-objects.ts';
import { chain } from '../rollback/read-history.ts';

/** A published version of a function. */
export interface StoredVersion {
  /** Its number, as text. */
  readonly version: string;
  /** The first digits of its release; undefined for one that Aviary did not publish. */
  readonly release: string | undefined;
  /** ARNs. */
  readonly layers: readonly string[];
  readonly at: Date;
}

export interface StoredFunction {
  readonly logicalId: string;
  readonly name: string;
  /** Physical name. */
  readonly functionName: string;
  readonly versions: readonly StoredVersion[];
  /** Numbers of the versions that an alias points at, be it with a share of the traffic. */
  readonly aliased: ReadonlySet<string>;
  /** ARNs of the layers of the unpublished version. */
  readonly latestLayers: readonly string[];
}

export interface StoredLayer {
  readonly arn: string;
  /** Physical name. */
  readonly layerName: string;
  readonly version: number;
  readonly at: Date;
}

/** All that deploys of a stage have left. */
export interface Inventory {
  readonly functions: readonly StoredFunction[];
  readonly layers: readonly StoredLayer[];
  /** ARNs of the layer versions that are resources of the stack. */
  readonly stackLayers: readonly string[];
  readonly bucket: string;
  readonly objects: readonly StoredObject[];
  /** The newest first. */
  readonly templates: readonly Deployed[];
}

/** What nothing uses, and no rollback needs. */
export interface Prunable {
  readonly versions: readonly { readonly name: string; readonly functionName: string; readonly version: string }[];
  readonly layers: readonly StoredLayer[];
  readonly objects: readonly StoredObject[];
}

export interface Window {
  /** So many releases of each function can still be gone back to, the running one among them. */
  readonly keep: number;
  /** What is younger stays: a deploy uploads and publishes before the stack says so. */
  readonly before: Date;
}

/** A name that `sam deploy` or Aviary gives an object: the hash of what is in it. */
const ownKey = /(?:^|\/)([0-9a-f]{32,64})(?:\.template|\.json|\.zip)?$/;

/**
 * Chooses what can go. What stays: the last releases of each function, with every version, layer and object that they are
 * made of; what an alias points at; what Aviary did not make; and what is younger than the window says.
 */
export function choosePrunable(
  record: StackRecord,
  { functions, layers, stackLayers, objects, templates }: Inventory,
  { keep, before }: Window,
): Prunable {
  const kept = new Map([...record.functions.keys()].map((id) => [id, lastReleases(record, id, templates, keep)]));
  const isOld = ({ at }: { readonly at: Date }): boolean => at < before;
  const goes = ({ logicalId, aliased }: StoredFunction, it: StoredVersion): boolean =>
    it.release !== undefined &&
    isOld(it) &&
    !aliased.has(it.version) &&
    !(kept.get(logicalId) ?? []).some((release) => release.startsWith(it.release ?? release));
  const used = new Set([
    ...stackLayers,
    ...functions.flatMap((it) => [
      ...it.latestLayers,
      ...it.versions.filter((version) => !goes(it, version)).flatMap((version) => version.layers),
    ]),
  ]);
  const needed = new Set(neededTemplates(templates, kept));
  // Of a template that stays, be it by its age, everything stays that it names: it can be gone back to.
  const staying = templates.filter((it) => needed.has(it) || !isOld(it));
  const texts = [record, ...staying.map(({ deployed }) => deployed)].map(({ template }) => JSON.stringify(template));
  const stayingKeys = new Set(staying.map(({ key }) => key));
  const isUsed = (key: string): boolean => {
    const hash = ownKey.exec(key)?.[1];
    return hash === undefined || stayingKeys.has(key) || texts.some((text) => text.includes(hash));
  };
  return {
    versions: functions.flatMap((it) =>
      it.versions
        .filter((version) => goes(it, version))
        .map(({ version }) => ({ name: it.name, functionName: it.functionName, version })),
    ),
    layers: layers.filter((it) => isOld(it) && !used.has(it.arn)),
    objects: objects.filter((it) => isOld(it) && !isUsed(it.key)),
  };
}

function lastReleases(record: StackRecord, logicalId: string, templates: readonly Deployed[], keep: number): string[] {
  const running = record.functions.get(logicalId);
  if (!running) return [];
  const known = templates.flatMap(({ deployed }) => deployed.functions.get(logicalId) ?? []);
  return chain(running, known)
    .slice(0, keep)
    .map(({ release }) => release);
}

/**
 * The newest template, and of each kept release the newest that has it: what a rollback takes its block from. Where a
 * release ran several times, one for each release that it came after: what history follows.
 */
function neededTemplates(
  templates: readonly Deployed[],
  kept: ReadonlyMap<string, readonly string[]>,
): readonly Deployed[] {
  const seen = new Set<string>();
  return templates.filter(({ deployed }, at) => {
    const before = seen.size;
    for (const [id, { release, previous, rolledBackFrom }] of deployed.functions)
      if (kept.get(id)?.includes(release) === true) seen.add([id, release, previous, rolledBackFrom].join(' '));
    return at === 0 || seen.size > before;
  });
}
