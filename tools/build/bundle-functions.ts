import { build, type BuildOptions, type Metafile, type OutputFile } from 'esbuild';
import { isBuiltin } from 'node:module';
import { canonical, objectAt, sha256 } from '../lib/json.ts';
import type { FunctionSource } from '../template/code-resources.ts';
import { compiling } from './compile-failure.ts';
import { esbuildOptions } from './esbuild-options.ts';
import { sharedAlias, layerTarget } from './layer-options.ts';
import { splitSections } from './split-sections.ts';

/** What esbuild has to know of a function. */
export type Buildable = Pick<FunctionSource, 'logicalId' | 'entry' | 'buildProperties'>;

/** What esbuild has to know of a function whose template block is known. */
export function buildableOf({
  logicalId,
  entry,
  block,
}: Pick<FunctionSource, 'logicalId' | 'entry' | 'block'>): Buildable {
  return { logicalId, entry, buildProperties: objectAt(objectAt(block, 'Metadata'), 'BuildProperties') };
}

/** What esbuild says of one function. */
export interface Bundle {
  /** sha256 of the package's one file, byte for byte what `sam build` writes. */
  readonly code: string;
  /** Size of that file in bytes. */
  readonly bytes: number;
  /** Of each source file that ends up in what runs, tree-shaken: path from the root to the sha256 of its part. */
  readonly files: Readonly<Record<string, string>>;
  /** Import paths of packages that the code reaches: `@aws-lambda-powertools/logger`. */
  readonly packages: readonly string[];
  /** Who imports what: path from the root to the paths and packages that it imports. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
}

/** A bundle with what it was made from, and what it is. */
export interface Bundled {
  readonly bundle: Bundle;
  /** Paths of all source files, from the root; also of those of which nothing is left in it. */
  readonly inputs: readonly string[];
  /** The package's one file. */
  readonly contents: Uint8Array;
}

/**
 * Bundles every function in memory. Two passes run side by side: one as `sam build` does, for the bytes of the package;
 * one with the shared layer inside and nothing minified, to see which part of which file runs.
 * @param root absolute path of the repository
 * @returns one bundle per logical id
 * @throws Failure with esbuild's message, file and line, where the code does not compile
 */
export async function bundleFunctions(functions: readonly Buildable[], root: string): Promise<Map<string, Bundled>> {
  if (functions.length === 0) return new Map();
  const [reached, packaged] = await Promise.all([reachPass(functions, root), packageFunctions(functions, root)]);
  const outputs = byName(packaged);
  return new Map(
    functions.map((source) => {
      const { logicalId, entry } = source;
      const contents = outputs.get(logicalId);
      if (!contents) throw new Error(`esbuild made no output for ${entry}`);
      const bundle = { code: sha256(contents), bytes: contents.byteLength, ...reachOf(source, reached) };
      return [logicalId, { bundle, inputs: inputsOf(entry, reached.metafile), contents }];
    }),
  );
}

/**
 * Bundles functions again of which nothing but the shared layer has changed: it is in none of their packages, which stay as
 * they are.
 * @throws Failure as {@link bundleFunctions}
 */
export async function bundleWithShared(
  functions: readonly (Buildable & Pick<Bundle, 'code' | 'bytes'>)[],
  root: string,
): Promise<Map<string, Pick<Bundled, 'bundle'>>> {
  if (functions.length === 0) return new Map();
  const reached = await reachPass(functions, root);
  return new Map(
    functions.map((it) => [it.logicalId, { bundle: { code: it.code, bytes: it.bytes, ...reachOf(it, reached) } }]),
  );
}

function inputsOf(entry: string, { inputs }: Metafile): string[] {
  const found = new Set([entry]);
  for (const path of found) for (const it of inputs[path]?.imports ?? []) if (it.external !== true) found.add(it.path);
  return [...found];
}

/**
 * The very files that `sam build` makes of functions, `<logical id>.js` below `out/`.
 * @param more options of esbuild: such as change no byte of them, for a map beside each, or such as build them otherwise
 */
export async function packageFunctions(
  functions: readonly Buildable[],
  root: string,
  more: Pick<BuildOptions, 'sourcemap' | 'sourcesContent' | 'external' | 'packages' | 'mainFields' | 'conditions'> = {},
): Promise<OutputFile[]> {
  const groups = Map.groupBy(functions, ({ buildProperties: { EntryPoints: _, ...rest } }) => canonical(rest));
  const built = [...groups.values()].map(async (group) => {
    const [first] = group;
    const options = first ? esbuildOptions(first.buildProperties, first.logicalId) : {};
    return await compiling(build({ ...options, ...common(group, root), ...more }));
  });
  return (await Promise.all(built)).flatMap(({ outputFiles }) => outputFiles);
}

type Outputs = ReadonlyMap<string, Uint8Array>;

async function reachPass(
  functions: readonly Buildable[],
  root: string,
): Promise<{ outputs: Outputs; metafile: Metafile }> {
  const result = await compiling(
    build({
      ...common(functions, root),
      metafile: true,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: layerTarget,
      packages: 'external',
      legalComments: 'none',
    }),
  );
  return { outputs: byName(result.outputFiles), metafile: result.metafile };
}

function common(functions: readonly Buildable[], root: string) {
  return {
    // Without the dot esbuild looks for a package of that name first, in every folder on the way up.
    entryPoints: functions.map(({ entry, logicalId }) => ({ in: `./${entry}`, out: logicalId })),
    absWorkingDir: root,
    outdir: 'out',
    write: false,
    logLevel: 'silent',
  } satisfies BuildOptions;
}

function byName(outputFiles: readonly OutputFile[]): Outputs {
  return new Map(outputFiles.map(({ path, contents }) => [outputName(path), contents]));
}

/** `Users` for `…/out/Users.js`. */
function outputName(path: string): string {
  return path.replace(/^.*[/\\]/, '').replace(/\.js$/, '');
}

type Reach = Awaited<ReturnType<typeof reachPass>>;

function reachOf({ logicalId, entry }: Buildable, reached: Reach): Omit<Bundle, 'code' | 'bytes'> {
  const whole = reached.outputs.get(logicalId);
  const output = reached.metafile.outputs[`out/${logicalId}.js`];
  if (!whole || !output) throw new Error(`esbuild made no output for ${entry}`);
  const sections = splitSections(new TextDecoder().decode(whole), Object.keys(output.inputs));
  const files = Object.fromEntries([...sections].map(([path, text]) => [path, sha256(text).slice(0, 32)]));
  return {
    files,
    packages: [
      ...new Set(output.imports.filter((it) => it.external && isPackage(it.path)).map((it) => it.path)),
    ].sort(),
    imports: importsOf(reached.metafile, Object.keys(output.inputs)),
  };
}

function importsOf(metafile: Metafile, paths: readonly string[]): Record<string, string[]> {
  const targets = (path: string): string[] =>
    (metafile.inputs[path]?.imports ?? [])
      .filter((it) => it.external !== true || isPackage(it.path))
      .map((it) => it.path);
  return Object.fromEntries(paths.map((path) => [path, targets(path)]));
}

/** False for Node.js's own modules, and for what stands in the repository. */
function isPackage(path: string): boolean {
  return !isBuiltin(path) && !path.startsWith('.') && !path.startsWith(sharedAlias);
}
