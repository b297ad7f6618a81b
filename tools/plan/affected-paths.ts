import { dependenciesSource, sharedSource } from '../build/layer-options.ts';
import type { TreeFunction } from './tree.ts';

type Source = Pick<TreeFunction, 'name' | 'folder' | 'imports' | 'packages'>;

/** What any function's configuration or build may draw on. */
const common = ['infra/**', 'package-lock.json', 'samconfig.toml', 'template.yaml', 'tsconfig.json'];

/**
 * Of each function, glob patterns of the paths that it is made from, by the import graph: a path that matches may
 * change the function, one that does not cannot. A pattern for its own folder, so that new files count too; shared code
 * file by file, since a new one has to be imported by one that is here. The plan is the finer judge.
 */
export function affectedPaths(functions: readonly Source[]): Record<string, string[]> {
  const entries = functions.map(({ name, folder, imports, packages }): [string, string[]] => {
    const reached = [...Object.keys(imports), ...Object.values(imports).flat()];
    const shared = reached.filter((path) => path.startsWith(`${sharedSource}/`));
    const entriesOf = Object.keys(packages).map((path) => `${dependenciesSource}/${path}.ts`);
    return [name, [...new Set([`${folder}/**`, ...shared, ...entriesOf, ...common])].sort()];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
