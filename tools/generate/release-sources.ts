import { importGraph } from './import-graph.ts';

/** The module that works out every release. */
const start = 'tools/tree/read-tree.ts';

/** What says for all functions at once how they are built and configured. */
export const settings = ['template.yaml', 'samconfig.toml', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Files that esbuild reads on its way when they are there, and that change what it makes. */
const alongTheWay = '{functions,layers}/**/{package,tsconfig,jsconfig}.json';

/**
 * Patterns of the files that can change the release of every function: the settings, and the part of the tools that
 * bundles, resolves the template and hashes.
 * @param tools absolute path of the repository whose tools are meant
 */
export async function releaseSources(tools: string): Promise<string[]> {
  const graph = await importGraph([start], tools);
  return [...settings, alongTheWay, ...(graph.get(start) ?? [])];
}
