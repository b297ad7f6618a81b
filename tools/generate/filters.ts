import { Failure } from '../lib/failure.ts';
import type { Tree, TreeFunction } from '../plan/tree.ts';
import { referencesIn } from '../template/reference-names.ts';
import type { ImportGraph } from './import-graph.ts';

/** Name of a filter to its patterns; none is negative, since versions of paths-filter differ in what those mean. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/** The filter of what changes the release of every function. */
export const everyFunction = 'every-function';

/** Prose. Nothing that is built, checked by a test, or deployed. */
const docs = ['docs/**/*', '*.md', 'LICENSE'];

/** All else, so that a file that nobody thought of counts. The first leaves out each folder whose name begins with docs. */
const code = ['!(docs)/**/*', 'docs?*/**/*', '!(*.md|LICENSE)'];

/** `changes` is an output of paths-filter's own. */
const reserved = new Set(['changes', 'code', 'docs', everyFunction]);

/**
 * What on a pull request can change what: one filter per function, of the files that its release depends on in any stage.
 * @param trees the tree of each stage
 * @param graph the imports of each function's entry
 * @param every patterns of what changes the release of every function
 * @throws Failure for a function whose name is that of another filter
 */
export function filtersOf(trees: readonly Tree[], graph: ImportGraph, every: readonly string[]): Filters {
  const paths = new Map<string, Set<string>>();
  for (const tree of trees) {
    for (const it of tree.functions) {
      if (reserved.has(it.name)) {
        throw new Failure(
          `No function can be called ${it.name}: the filter of that name means something else.`,
          `Rename the folder ${it.folder}, and the function in template.yaml.`,
        );
      }
      const known = paths.get(it.name) ?? new Set();
      paths.set(
        it.name,
        new Set([...known, ...Object.keys(it.files), ...(graph.get(it.entry) ?? []), ...nestedTemplates(it, tree)]),
      );
    }
  }
  const functions = [...paths].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map([
    ['code', code],
    ['docs', docs],
    [everyFunction, every],
    ...functions.map(([name, own]) => [name, [...own].sort().map(literally)] as const),
  ]);
}

/** The nested templates by whose names and outputs the function is configured. */
function nestedTemplates({ block }: TreeFunction, { resources }: Tree): string[] {
  const named = new Set([...referencesIn(block)].map((reference) => reference.split('.')[0] ?? reference));
  return resources.filter(({ logicalId }) => named.has(logicalId)).flatMap(({ contents }) => Object.keys(contents));
}

/** A pattern that matches this path alone. */
function literally(path: string): string {
  return path.replace(/[\\()[\]{}*?!+|]/g, '\\$&');
}
