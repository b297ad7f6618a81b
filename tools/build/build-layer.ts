import { build, transform, type BuildOptions, type OutputFile } from 'esbuild';
import { glob, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { sha256 } from '../lib/json.ts';
import { compiling } from './compile-failure.ts';
import {
  dependenciesSource,
  layerModules,
  sharedAlias,
  sharedFile,
  layerTarget,
  sharedSource,
} from './layer-options.ts';

/** Path inside the layer to the file's text. */
export type LayerFiles = ReadonlyMap<string, string>;

/** The layers that Aviary builds, by the name of their folder. */
export const layerBuilders: Readonly<Record<string, (root: string) => Promise<LayerFiles>>> = {
  dependencies: buildDependenciesLayer,
  shared: buildSharedLayer,
};

/**
 * The shared layer: one file with all modules, each of which runs when it is first required, and a line for each import path
 * that finds it there. A file for each module costs a cold start more: Node.js takes its time over every file, and a function
 * reaches dozens of them.
 */
export async function buildSharedLayer(root: string): Promise<LayerFiles> {
  const [files, modules] = await Promise.all([bundleSharedLayer(root), sharedModules(root)]);
  const lines = modules.map((path): [string, string] => {
    const up = '../'.repeat(path.split('/').length);
    const line = `module.exports=require("${up}${sharedFile}")["${path}"]();\n`;
    return [`${layerModules}/${sharedAlias}${path}.js`, line];
  });
  return inOrder([...files.map(({ path, text }): [string, string] => [relativeTo(root, path), text]), ...lines]);
}

/** All modules of the shared layer, by what stands behind `@shared/` in an import. */
async function sharedModules(root: string): Promise<string[]> {
  const paths = await sources(root, sharedSource);
  return paths.map((path) => path.slice(sharedSource.length + 1).replace(/\.ts$/, ''));
}

/**
 * The one file with the modules of the shared layer, as esbuild makes it.
 * @param more options that change no byte of it, as for a map beside it
 */
export async function bundleSharedLayer(
  root: string,
  more: Pick<BuildOptions, 'sourcemap' | 'sourcesContent'> = {},
): Promise<OutputFile[]> {
  const modules = await sharedModules(root);
  // What is required, and not imported, esbuild keeps from running before.
  const contents = modules.map((path) => `exports["${path}"] = () => require("./${sharedSource}/${path}.ts");`);
  const { outputFiles } = await compiling(
    build({
      ...common(root),
      ...sharedOptions,
      ...more,
      stdin: { contents: contents.join('\n'), resolveDir: root, sourcefile: sharedFile, loader: 'js' },
      outfile: `${layerModules}/${sharedFile}`,
      alias: { [sharedAlias.slice(0, -1)]: `./${sharedSource}` },
    }),
  );
  return outputFiles;
}

/**
 * What the shared layer is made from, module by module: of each import path, its module as it stands in the layer. A change
 * of one module changes one text, so that a plan can name it.
 * @param paths of the modules, from the root; all when left out. What a module imports stays outside of it
 */
export async function compileSharedModules(root: string, paths?: readonly string[]): Promise<LayerFiles> {
  const { outputFiles } = await compiling(
    build({
      ...common(root),
      ...sharedOptions,
      entryPoints: [...(paths ?? (await sources(root, sharedSource)))],
      outbase: sharedSource,
      outdir: `${layerModules}/${sharedAlias}`,
      external: [`${sharedAlias}*`],
    }),
  );
  return inOrder(outputFiles.map(({ path, text }) => [relativeTo(root, path), text]));
}

const sharedOptions = {
  format: 'cjs',
  // A change of a type or a comment is not to change the layer; esbuild chooses short names by the source's letters.
  minifyIdentifiers: false,
  minifyWhitespace: true,
  minifySyntax: true,
  // Made `require`, which finds the packages of a layer; `import()` does not.
  supported: { 'dynamic-import': false },
  packages: 'external',
} as const;

/**
 * The dependencies layer: one entry per import path with the names in use, and what entries have in common in chunks,
 * so that a function loads little and nothing is there twice. Built as ESM, since esbuild splits no other format, then
 * each file made CommonJS, since `import` does not find a layer's packages.
 */
export async function buildDependenciesLayer(root: string): Promise<LayerFiles> {
  const files = await bundleDependenciesLayer(root);
  return inOrder(files.map(({ path, code }): [string, string] => [relativeTo(root, path), code]));
}

/** A script of a layer; its path is absolute, as if it stood in the repository, and its map empty unless asked for. */
export interface LayerScript {
  readonly path: string;
  readonly code: string;
  readonly map: string;
}

/**
 * The files of the dependencies layer.
 * @param withMaps whether each has a source map, without the sources' text; the names of chunks are others then
 */
export async function bundleDependenciesLayer(root: string, withMaps = false): Promise<LayerScript[]> {
  const { outputFiles } = await compiling(
    build({
      ...common(root),
      entryPoints: await sources(root, dependenciesSource),
      outbase: dependenciesSource,
      outdir: layerModules,
      chunkNames: 'chunks/[name]-[hash]',
      minify: true,
      format: 'esm',
      splitting: true,
      // `debug` asks for it where it happens to be installed; nothing here depends on it.
      external: ['supports-color'],
      // The ESM build of a package can be tree-shaken; its CommonJS build cannot.
      mainFields: ['module', 'main'],
      conditions: ['module', 'import'],
      sourcesContent: false,
      // In the file itself, where the next step takes it from.
      sourcemap: withMaps && 'inline',
    }),
  );
  const files = outputFiles.map(async ({ path, text }): Promise<LayerScript> => {
    const { code, map } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: layerTarget,
      minify: true,
      // The SDK imports `node:http` when it sends its first request. For an import, and not for a `require`, Node.js reads every
      // name that a module of its own exports, and one of these loads undici.
      supported: { 'dynamic-import': false },
      // A package that asks where it is gets the answer that a CommonJS module has.
      define: { 'import.meta.url': '__filename' },
      sourcesContent: false,
      sourcemap: withMaps && 'external',
      sourcefile: path,
    });
    return { path, code, map };
  });
  return await Promise.all(files);
}

/** Writes a layer's files below a folder. */
export async function writeLayer(files: LayerFiles, folder: string): Promise<void> {
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Of each file, its path and the sha256 of its text. */
export function hashFiles(files: LayerFiles): Record<string, string> {
  return Object.fromEntries([...files].map(([path, text]) => [path, sha256(text).slice(0, 32)]));
}

function common(root: string) {
  return {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: layerTarget,
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  } as const;
}

async function sources(root: string, folder: string): Promise<string[]> {
  const found = await Array.fromAsync(glob(`${folder}/**/*.ts`, { cwd: root }));
  if (found.length === 0)
    throw new Failure(`There is nothing in ${folder}.`, 'Put a module there, or take the layer out of template.yaml.');
  return found.map((path) => path.split(sep).join('/')).sort();
}

function relativeTo(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

function inOrder(entries: readonly (readonly [string, string])[]): LayerFiles {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
