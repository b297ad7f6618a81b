import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compileSharedModules, hashFiles } from '../build/build-layer.ts';
import {
  buildableOf,
  bundleFunctions,
  bundleWithShared,
  type Bundle,
  type Bundled,
} from '../build/bundle-functions.ts';
import { readDependencyEntries } from '../build/dependency-entries.ts';
import { layerTarget, sharedSource } from '../build/layer-options.ts';
import { readLockedPackages, type PackageLookup } from '../build/locked-packages.ts';
import { readBundles } from '../build/read-bundles.ts';
import { commitOf } from '../git/commit.ts';
import { sha256, type JsonObject } from '../lib/json.ts';
import { isSharedLayer } from '../source-maps/find-code.ts';
import type { Stage } from '../template/read-stages.ts';
import { findCodeResources, type LayerSource } from '../template/code-resources.ts';
import { hashLocalFile, localFiles } from '../template/local-files.ts';
import { readTemplate } from '../template/read-template.ts';
import { referenceNames } from '../template/reference-names.ts';
import { resolveTemplate } from '../template/resolve-template.ts';
import { configurationOf, releaseOf } from './release.ts';
import type { Tree, TreeBlock, TreeFunction, TreeLayer } from './tree.ts';

/**
 * Reads what the working tree asks for in a stage: the template as the stage has it, and every function bundled.
 * @param root absolute path of the repository
 * @throws Failure for a template, a parameter, a package or code that cannot be used
 */
export async function readTree(root: string, stage: Stage): Promise<Tree> {
  const template = resolveTemplate(readTemplate(join(root, 'template.yaml'), 'template.yaml'), stage.parameters);
  const sources = findCodeResources(template.resources, root);
  const lookUp = readLockedPackages(root);
  const [bundles, layers, commit] = await Promise.all([
    readBundles(sources.functions, root),
    Promise.all(sources.layers.map((layer) => readLayer(layer, root, lookUp))),
    commitOf(root),
  ]);
  const functions = sources.functions.map((source): TreeFunction => {
    const bundle = bundles.get(source.logicalId);
    if (!bundle) throw new Error(`${source.logicalId} was not bundled`);
    const references = referenceNames(source.block['Properties'] ?? null, template.resources, root);
    return treeFunction({ ...source, references }, bundle, (path) => describe(path, lookUp));
  });
  const built = new Set([...sources.functions, ...sources.layers].map(({ logicalId }) => logicalId));
  return {
    stage: stage.name,
    commit,
    head: template.head,
    parameters: template.parameters,
    functions,
    layers,
    resources: blocksOf(template.resources, root).filter(({ logicalId }) => !built.has(logicalId)),
    outputs: blocksOf(template.outputs, root),
  };
}

/** A tree of which a part was read again. */
export interface Reread {
  readonly tree: Tree;
  /** The one file of the package of each function that was bundled for it, by logical id. */
  readonly packages: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads again what saved files have changed, in much less time than all of it.
 * @param paths saved source files, from the root
 * @returns undefined where one of them is not known to be part of a function, or is gone: the whole tree has to be read
 * @throws Failure for code that does not compile
 */
export async function rereadTree(tree: Tree, paths: readonly string[], root: string): Promise<Reread | undefined> {
  const reaches = ({ imports }: TreeFunction, path: string): boolean =>
    imports[path] !== undefined || Object.values(imports).some((targets) => targets.includes(path));
  const isPart = (path: string): boolean =>
    tree.functions.some((it) => reaches(it, path)) && existsSync(join(root, path));
  if (!paths.every(isPart)) return undefined;
  const reached = tree.functions.filter((it) => paths.some((path) => reaches(it, path)));
  const inShared = paths.filter((path) => path.startsWith(`${sharedSource}/`));
  // The lock file is as it was, and takes longer to read than a function to bundle.
  const known = new Map(tree.functions.flatMap(({ packages }) => Object.entries(packages)));
  const lookUp: PackageLookup = (path) => readLockedPackages(root)(path);
  const describeKnown = (path: string): string => known.get(path) ?? describe(path, lookUp);
  const bundling: Promise<ReadonlyMap<string, Pick<Bundled, 'bundle'> & Partial<Bundled>>> =
    inShared.length === paths.length
      ? bundleWithShared(
          reached.map((it) => ({ ...it, ...buildableOf(it) })),
          root,
        )
      : bundleFunctions(reached.map(buildableOf), root);
  const [bundles, layers, commit] = await Promise.all([
    bundling,
    Promise.all(tree.layers.map(async (it) => (isSharedLayer(it) ? rereadShared(it, inShared, root) : it))),
    commitOf(root, paths),
  ]);
  const functions = tree.functions.map((it) => {
    const bundle = bundles.get(it.logicalId)?.bundle;
    return bundle ? treeFunction(it, bundle, describeKnown) : it;
  });
  const packages = [...bundles].flatMap(([logicalId, { contents }]) =>
    contents ? [[logicalId, contents] as const] : [],
  );
  return { tree: { ...tree, commit, functions, layers }, packages: new Map(packages) };
}

type Source = Pick<TreeFunction, 'logicalId' | 'name' | 'folder' | 'entry' | 'block' | 'references'>;

/** @param describePackage gives an import path's version and a hash of all that it depends on */
function treeFunction(source: Source, bundle: Bundle, describePackage: (path: string) => string): TreeFunction {
  const { logicalId, name, folder, entry, block, references } = source;
  const packages = Object.fromEntries(bundle.packages.map((path) => [path, describePackage(path)]));
  const release = releaseOf({ code: bundle.code, files: bundle.files, packages, block, references });
  return { logicalId, name, folder, entry, block, ...bundle, packages, references, release };
}

/** Names a package's version, and a hash of all that it depends on. */
function describe(importPath: string, lookUp: PackageLookup): string {
  const { version, hash } = lookUp(importPath);
  return `${version} ${hash.slice(0, 16)}`;
}

async function readLayer(source: LayerSource, root: string, lookUp: PackageLookup): Promise<TreeLayer> {
  return treeLayer(source, await layerContents(source, root, lookUp));
}

/** The shared layer with some of its modules as they are now. */
async function rereadShared(layer: TreeLayer, paths: readonly string[], root: string): Promise<TreeLayer> {
  if (paths.length === 0) return layer;
  const changed = hashFiles(await compileSharedModules(root, paths));
  return treeLayer(layer, { files: { ...layer.files, ...changed }, packages: layer.packages });
}

function treeLayer(
  { logicalId, name, folder, block }: Omit<LayerSource, 'kind'>,
  { files, packages }: Pick<TreeLayer, 'files' | 'packages'>,
): TreeLayer {
  const code = sha256({ files, packages, target: layerTarget });
  return {
    logicalId,
    name,
    folder,
    block,
    files,
    packages,
    code,
    release: sha256({ code, block: configurationOf(block) }),
  };
}

async function layerContents({ name }: Pick<LayerSource, 'name'>, root: string, lookUp: PackageLookup) {
  if (name === 'shared') return { files: hashFiles(await compileSharedModules(root)), packages: {} };
  // Bundling every package takes longer than the rest of a plan; the lock file says as much about them.
  const entries = await readDependencyEntries(root);
  const packages: Record<string, string> = {};
  for (const path of Object.keys(entries)) Object.assign(packages, lookUp(path).closure);
  return { files: entries, packages };
}

function blocksOf(blocks: Readonly<Record<string, JsonObject>>, root: string): TreeBlock[] {
  return Object.entries(blocks).map(([logicalId, block]) => {
    const contents = Object.fromEntries(localFiles(block, root).map((path) => [path, hashLocalFile(path, root)]));
    return { logicalId, block, contents, hash: sha256({ block, contents }) };
  });
}
