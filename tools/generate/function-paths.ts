import type { Tree, TreeFunction } from '../tree/tree.ts';
import { referencesIn } from '../template/reference-names.ts';
import type { ImportGraph } from './import-graph.ts';

/** A function and the files that its release depends on. */
export interface FunctionPaths {
  /** The folder's name. */
  readonly name: string;
  /** From the root, as the paths. */
  readonly folder: string;
  readonly paths: readonly string[];
}

/**
 * The files that each function's release depends on in any stage, but for those that change every function's.
 * @param trees the tree of each stage
 * @param graph the imports of each function's entry
 * @returns functions and paths in order, whatever the order of the template
 */
export function functionPaths(trees: readonly Tree[], graph: ImportGraph): FunctionPaths[] {
  const known = new Map<string, FunctionPaths>();
  for (const tree of trees) {
    for (const it of tree.functions) {
      const { name, folder } = it;
      const before = known.get(name)?.paths ?? [];
      const own = [...Object.keys(it.files), ...(graph.get(it.entry) ?? []), ...nestedTemplates(it, tree)];
      known.set(name, { name, folder, paths: [...new Set([...before, ...own])].sort() });
    }
  }
  return [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The nested templates by whose names and outputs the function is configured. */
function nestedTemplates({ block }: TreeFunction, { resources }: Tree): string[] {
  const named = new Set([...referencesIn(block)].map((reference) => reference.split('.')[0] ?? reference));
  return resources.filter(({ logicalId }) => named.has(logicalId)).flatMap(({ contents }) => Object.keys(contents));
}

/** A pattern that matches this path alone. */
export function literally(path: string): string {
  return path.replace(/[\\()[\]{}*?!+|]/g, '\\$&');
}
