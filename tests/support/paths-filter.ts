import { load } from 'js-yaml';
import picomatch from 'picomatch';

/**
 * What dorny/paths-filter makes of a filters file: for each path, the filters that match. As in its src/filter.ts: each
 * rule's patterns (lists in lists by anchors), any of which may match, by picomatch with `dot`.
 */
export function pathsFilter(yaml: string): (path: string) => string[] {
  const rules = Object.entries(load(yaml) as Record<string, unknown[]>).map(([name, patterns]) => {
    const flat = patterns.flat(Infinity) as string[];
    return { name, matches: picomatch(flat, { dot: true }) };
  });
  return (path) => rules.filter(({ matches }) => matches(path)).map(({ name }) => name);
}
