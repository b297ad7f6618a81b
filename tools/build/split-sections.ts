/**
 * The part that each source file has in an unminified bundle. esbuild writes `// <path>` before the code of a file, and
 * nothing for a file of which tree-shaking left nothing.
 * @param paths the inputs that esbuild names for the bundle, as they stand in those lines
 */
export function splitSections(bundle: string, paths: Iterable<string>): Map<string, string> {
  const known = new Set(paths);
  const sections = new Map<string, string>();
  let current: string | undefined;
  for (const line of bundle.split('\n')) {
    const path = line.startsWith('// ') ? line.slice(3) : undefined;
    if (path !== undefined && known.has(path)) {
      current = path;
      continue;
    }
    // What stands before the first file are the imports of packages and esbuild's own helpers.
    if (current !== undefined) sections.set(current, `${sections.get(current) ?? ''}${line}\n`);
  }
  return sections;
}
