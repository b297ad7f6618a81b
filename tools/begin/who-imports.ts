import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import ts from 'typescript';
import { sharedAlias, sharedSource } from '../build/layer-options.ts';

/** The TypeScript files of the repository and of its tests, each with the files that it imports; paths from the root. */
export function readImports(root: string): ReadonlyMap<string, readonly string[]> {
  const files = globSync('{functions,layers,tools,tests,benchmarks}/**/*.{ts,tsx,mjs}', { cwd: root });
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'));
      const path = slashes(file);
      return [path, importedFiles.flatMap(({ fileName }) => resolveFrom(path, fileName))];
    }),
  );
}

/** Those of the files that import one that is meant, themselves or by another that does. */
export function importersOf(
  isMeant: (path: string) => boolean,
  imports: ReadonlyMap<string, readonly string[]>,
): string[] {
  const reached = new Set<string>();
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const [file, imported] of imports) {
      if (!isMeant(file) && imported.some((it) => isMeant(it) || reached.has(it))) reached.add(file);
    }
  }
  return [...reached];
}

function resolveFrom(file: string, name: string): string[] {
  const alias = sharedAlias.slice(0, -1);
  if (name.startsWith(alias)) return [`${sharedSource}${name.slice(alias.length)}.ts`];
  return name.startsWith('.') ? [slashes(normalize(join(dirname(file), name)))] : [];
}

const slashes = (path: string): string => path.split(sep).join('/');
