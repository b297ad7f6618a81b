/**
 * The part that each source file has in an unminified bundle. esbuild writes `// <path>` before the code of a file, and
 * nothing for a file of which tree-shaking left nothing.
 * @param paths the inputs that esbuild names for the bundle, as they stand in those lines
 */
export function splitSections(bundle: string, paths: Iterable<string>): Map<string, string> {
  const known = new Set(paths);
  const sections = new Map<string, string>();
  // What stands before the first file are the imports of packages and esbuild's own helpers.
  let current: string | undefined;
  let start = 0;
  const close = (text: string): void => {
    if (current !== undefined) sections.set(current, `${sections.get(current) ?? ''}${text}`);
  };
  for (const { 1: path = '', index } of bundle.matchAll(/^\/\/ (.+)$/gm)) {
    if (!known.has(path)) continue;
    close(bundle.slice(start, index));
    current = path;
    start = index + '// '.length + path.length + 1;
  }
  close(`${bundle.slice(start)}\n`);
  return sections;
}
