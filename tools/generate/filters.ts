import { Failure } from '../lib/failure.ts';
import { literally, type FunctionPaths } from './function-paths.ts';

/** Name of a filter to its patterns; none is negative, since versions of paths-filter differ in what those mean. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/** The filter of what changes the release of every function. */
export const everyFunction = 'every-function';

/** Prose. Nothing that is built, checked by a test, or deployed. */
const docs = ['docs/!(openapi.yaml)', 'docs/*/**/*', '*.md', 'LICENSE'];

/** All else, so that a file that nobody thought of counts. The first leaves out each folder whose name begins with docs. */
const code = ['!(docs)/**/*', 'docs?*/**/*', 'docs/openapi.yaml', '!(*.md|LICENSE)'];

/** `changes` is an output of paths-filter's own. */
const reserved = new Set(['changes', 'code', 'docs', everyFunction]);

/**
 * What on a pull request can change what: one filter per function, of the files that its release depends on.
 * @param functions in the order of their filters
 * @param every patterns of what changes the release of every function
 * @throws Failure for a function whose name is that of another filter
 */
export function filtersOf(functions: readonly FunctionPaths[], every: readonly string[]): Filters {
  for (const { name, folder } of functions) {
    if (!reserved.has(name)) continue;
    throw new Failure(
      `No function can be called ${name}: the filter of that name means something else.`,
      `Rename the folder ${folder}, and the function in template.yaml.`,
    );
  }
  return new Map([
    ['code', code],
    ['docs', docs],
    [everyFunction, every],
    ...functions.map(({ name, paths }) => [name, paths.map(literally)] as const),
  ]);
}
