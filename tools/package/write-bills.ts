import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { writeFileSync } from 'node:fs';
import { readLockedPackages, readPackageFacts, type PackageFacts } from '../build/locked-packages.ts';
import type { Tree } from '../tree/tree.ts';
import type { Package } from './pack-build.ts';

/**
 * Writes a bill of materials beside each package, `<logical id>.cdx.json`: CycloneDX 1.6, with every npm package that the
 * function runs with (they are in the dependencies layer), or that is in the layer. The same tree gives the same bytes:
 * neither time nor serial number is in it.
 * @returns the absolute paths
 */
export function writeBills(packages: readonly Package[], tree: Tree, root: string): string[] {
  const lookUp = readLockedPackages(root);
  const factsOf = readPackageFacts(root);
  return packages.map(({ logicalId, file, sha256 }) => {
    const it = [...tree.functions, ...tree.layers].find((part) => part.logicalId === logicalId);
    if (!it) throw new Error(`${logicalId} is not in the tree`);
    const closures = 'entry' in it ? Object.keys(it.packages).map((path) => lookUp(path).closure) : [it.packages];
    const paths = new Set(closures.flatMap((closure) => Object.keys(closure)));
    const bill = billOf({ name: it.name, version: it.release, sha256 }, [...paths].map(factsOf));
    const path = file.replace(/\.zip$/, '.cdx.json');
    writeFileSync(path, bill);
    return path;
  });
}

/** The bill of one package as JSON text. */
export function billOf(
  { name, version, sha256 }: { readonly name: string; readonly version: string; readonly sha256: string },
  dependencies: readonly PackageFacts[],
): string {
  const bom = new Models.Bom();
  const hashes = new Models.HashDictionary([[Enums.HashAlgorithm['SHA-256'], sha256]]);
  const own = { version, hashes, bomRef: name };
  bom.metadata.component = new Models.Component(Enums.ComponentType.Application, name, own);
  for (const dependency of dependencies) bom.components.add(componentOf(dependency));
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function componentOf({ name, version, integrity, license }: PackageFacts): Models.Component {
  const [, scope, bare = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const digest = /^sha512-(.+)$/.exec(integrity ?? '')?.[1];
  const component = new Models.Component(Enums.ComponentType.Library, bare, { version, purl, bomRef: purl });
  if (scope !== undefined) component.group = scope;
  if (digest !== undefined) {
    component.hashes.set(Enums.HashAlgorithm['SHA-512'], Buffer.from(digest, 'base64').toString('hex'));
  }
  if (license !== undefined) component.licenses.add(new Models.LicenseExpression(license));
  return component;
}
