import type { Status } from '../stack/read-status.ts';

/** What runs in several regions of a stage. */
export interface RegionStatuses {
  readonly regions: readonly (Status & { readonly region: string })[];
  /** Names of functions that do not run the same release in each. */
  readonly differing: readonly string[];
}

/** Compares what runs in the regions of a stage. */
export function compareRegions(regions: RegionStatuses['regions']): RegionStatuses {
  const names = [...new Set(regions.flatMap(({ functions }) => functions.map(({ name }) => name)))];
  const releases = (name: string): Set<string | null> =>
    new Set(regions.map(({ functions }) => functions.find((it) => it.name === name)?.release ?? null));
  return { regions, differing: names.filter((name) => releases(name).size > 1) };
}
