import { build, type Message, type Plugin } from 'esbuild';
import { glob } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { sep } from 'node:path';
import { isBuildFailure } from './compile-failure.ts';
import { dependenciesSource, sharedAlias, sharedSource } from './layer-options.ts';

/** What is wrong with the entries of the dependencies layer. */
export interface Judged {
  /** A sentence for each name that is not listed, which starts with the file to mend. */
  readonly missing: readonly string[];
  /** Names that nothing uses, by import path. */
  readonly idle: ReadonlyMap<string, readonly string[]>;
  /** All names, by import path. */
  readonly listed: ReadonlyMap<string, readonly string[]>;
}

/**
 * Holds what functions and the shared layer import of packages against the entries of the dependencies layer: a name
 * that is not listed would be undefined in Lambda, and one that nothing uses makes the layer larger for nothing.
 * @returns a sentence for each problem, which starts with the file to mend
 */
export async function checkDependencyEntries(root: string): Promise<string[]> {
  const { missing, idle, listed } = await judgeEntries(root);
  const unused = [...idle].map(
    ([path, names]) =>
      `${entryFile(path)}: ${isAll(names, listed.get(path)) ? 'delete it' : `take out ${names.join(', ')}`}: nothing uses it`,
  );
  return [...new Set([...missing, ...unused])].sort();
}

const isAll = (names: readonly string[], all: readonly string[] | undefined): boolean => names.length === all?.length;

/** @returns what is wrong with them */
export async function judgeEntries(root: string): Promise<Judged> {
  const [listed, sources] = await Promise.all([readEntries(root), importers(root)]);
  try {
    const { warnings, outputFiles } = await build({
      entryPoints: sources,
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      format: 'esm',
      outdir: 'out',
      write: false,
      logLevel: 'silent',
      logLimit: 0,
      plugins: [entriesAsStubs(listed)],
    });
    const missing = warnings.filter(({ id }) => id === 'import-is-undefined').map(describe);
    const bundled = outputFiles.map(({ text }) => text).join('\n');
    const idle = [...listed].map(
      ([path, names]) => [path, names.filter((it) => !bundled.includes(mark(path, it)))] as const,
    );
    return { missing, idle: new Map(idle.filter(([, names]) => names.length > 0)), listed };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { missing: error.errors.map(describe), idle: new Map(), listed };
  }
}

/** The exported names of each entry, by its import path. */
async function readEntries(root: string): Promise<Map<string, readonly string[]>> {
  const files = await sourceFiles(root, `${dependenciesSource}/**/*.ts`);
  const { metafile } = await build({
    entryPoints: files,
    absWorkingDir: root,
    bundle: true,
    packages: 'external',
    format: 'esm',
    outdir: 'out',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const outputs = Object.values(metafile.outputs).flatMap(({ entryPoint, exports }): [string, string[]][] =>
    entryPoint === undefined ? [] : [[importPath(entryPoint), exports]],
  );
  return new Map(outputs);
}

/** Every function, and every shared module: also one that no function imports yet is in the layer. */
async function importers(root: string): Promise<string[]> {
  const found = await Promise.all([
    sourceFiles(root, 'functions/*/handler.ts'),
    sourceFiles(root, `${sharedSource}/**/*.ts`),
  ]);
  return found.flat();
}

async function sourceFiles(root: string, pattern: string): Promise<string[]> {
  const found = await Array.fromAsync(glob(pattern, { cwd: root }));
  return found.map((path) => path.split(sep).join('/')).sort();
}

/** The file of an import path's entry, from the root. */
export const entryFile = (path: string): string => `${dependenciesSource}/${path}.ts`;
const importPath = (file: string): string => file.slice(dependenciesSource.length + 1).replace(/\.ts$/, '');
const mark = (path: string, name: string): string => `<${path}#${name}>`;

/** Puts in place of each package a module that has the listed names and no others; each stays in the bundle if used. */
function entriesAsStubs(listed: ReadonlyMap<string, readonly string[]>): Plugin {
  return {
    name: 'entries',
    setup(calls) {
      calls.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        if (kind === 'entry-point' || path.startsWith(sharedAlias)) return undefined;
        if (isBuiltin(path)) return { path, external: true };
        return listed.has(path)
          ? { path, namespace: 'entry' }
          : { errors: [{ text: `${entryFile(path)}: make it, with the names that are imported` }] };
      });
      calls.onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => {
        const lines = (listed.get(path) ?? []).map((name, at) => {
          const text = JSON.stringify(mark(path, name));
          return name === 'default'
            ? `export default ${text};`
            : `const _${at} = ${text}; export { _${at} as ${name} };`;
        });
        return { contents: lines.join('\n') };
      });
    },
  };
}

/** `No matching export in "entry:zod" for import "x"`, or `Import "x" will always be undefined …`, in our words. */
function describe({ text, location, notes }: Message): string {
  const where = location ? ` (${location.file}:${location.line})` : '';
  const said = [text, ...notes.map((note) => note.text)].join(' ');
  const name = /import "([^"]+)"/i.exec(said)?.[1];
  const path = /"entry:([^"]+)"/.exec(said)?.[1];
  return name === undefined || path === undefined ? `${text}${where}` : `${entryFile(path)}: add ${name}${where}`;
}
