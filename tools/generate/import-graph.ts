import { build, type Metafile } from 'esbuild';
import { compiling } from '../build/compile-failure.ts';

/** Entry to every file of the repository that it imports, directly or through others; itself included. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/**
 * Follows the imports of each entry, also to files of which nothing ends up in the bundle: another line in such a file may
 * bring it there. Imports of types alone are not followed.
 * @param entries paths from the root
 * @throws Failure where the code does not compile
 */
export async function importGraph(entries: readonly string[], root: string): Promise<ImportGraph> {
  const { metafile } = await compiling(
    build({
      entryPoints: [...entries],
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outdir: 'out',
      outbase: '.',
      write: false,
      metafile: true,
      logLevel: 'silent',
    }),
  );
  return new Map(entries.map((entry) => [entry, reachedFrom(entry, metafile)]));
}

function reachedFrom(entry: string, { inputs }: Metafile): string[] {
  const reached = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const next of inputs[path]?.imports ?? []) if (next.external !== true) open.push(next.path);
  }
  return [...reached].sort();
}
