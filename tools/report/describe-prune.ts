import type { Prunable } from '../prune/choose-prunable.ts';
import { table } from './table.ts';

/** What can go, or has gone, for people. */
export function describePrune({ versions, layers, objects }: Prunable, removed: boolean): string {
  if (versions.length + layers.length + objects.length === 0) return 'Nothing to prune.\n';
  const byFunction = Map.groupBy(versions, ({ name }) => name);
  const byLayer = Map.groupBy(layers, ({ layerName }) => layerName);
  const bytes = objects.reduce((sum, it) => sum + it.bytes, 0);
  const rows = [
    ...[...byFunction].map(([name, all]) => [`versions of ${name}`, list(all.map((it) => it.version))]),
    ...[...byLayer].map(([name, all]) => [`versions of the layer ${name}`, list(all.map((it) => String(it.version)))]),
    ...(objects.length === 0 ? [] : [['objects', `${objects.length}, ${(bytes / 1_048_576).toFixed(1)} MB`]]),
  ];
  const end = removed ? 'All of it is gone.' : 'Nothing was removed. To remove it: the same again with --yes.';
  return [...table(['what nothing uses', ''], rows), '', end, ''].join('\n');
}

const list = (numbers: readonly string[]): string => numbers.join(', ');
