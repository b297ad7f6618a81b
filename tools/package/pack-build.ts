import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { isObject, objectAt, sha256, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { readTemplate } from '../template/read-template.ts';
import { writeTemplate } from '../template/write-template.ts';
import type { TreeFunction } from '../tree/tree.ts';
import { verifyBuild } from './verify-build.ts';
import { zipFolder } from './zip-folder.ts';

/** The package of a function or a layer: the very bytes that Lambda gets. */
export interface Package {
  readonly logicalId: string;
  /** Absolute path of the zip. */
  readonly file: string;
  /** sha256 of the zip, 64 hexadecimal digits. Lambda gives the same in base64 as `CodeSha256`. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Zips what `sam build` made, and writes each zip's hash into the record of the built template. `sam deploy` would zip by
 * itself, with the time of day in it; so the bytes that are attested, that staging runs and that production gets are the
 * same. Packages that came as zips are left as they are.
 * @param buildFolder absolute
 * @param packageFolder absolute; made where it is not there
 * @throws Failure as {@link verifyBuild}
 */
export function packBuild(buildFolder: string, packageFolder: string, functions: readonly TreeFunction[]): Package[] {
  verifyBuild(buildFolder, functions);
  const path = join(buildFolder, 'template.yaml');
  const template = readTemplate(path, 'the built template');
  mkdirSync(packageFolder, { recursive: true });
  const packages: Package[] = [];
  const resources = Object.entries(objectAt(template, 'Resources')).map(([logicalId, block]): [string, Json] => {
    const property = isObject(block) ? uriProperty(block) : undefined;
    if (!isObject(block) || property === undefined) return [logicalId, block];
    const made = pack(logicalId, resolve(buildFolder, stringAt(block['Properties'], property) ?? ''), packageFolder);
    packages.push(made);
    return [logicalId, recordPackage(block, property, relative(buildFolder, made.file), made.sha256)];
  });
  writeTemplate(path, { ...template, Resources: Object.fromEntries(resources) });
  return packages;
}

/** The property that says where a block's code is, where that is on this machine. */
function uriProperty(block: JsonObject): 'CodeUri' | 'ContentUri' | undefined {
  const properties = ['CodeUri', 'ContentUri'] as const;
  return properties.find((name) => {
    const uri = stringAt(block['Properties'], name);
    return uri !== undefined && !uri.startsWith('s3://');
  });
}

function pack(logicalId: string, built: string, packageFolder: string): Package {
  if (built.endsWith('.zip')) return packageOf(logicalId, built, readFileSync(built));
  const file = join(packageFolder, `${logicalId}.zip`);
  const bytes = zipFolder(built);
  writeFileSync(file, bytes);
  return packageOf(logicalId, file, bytes);
}

function packageOf(logicalId: string, file: string, bytes: Uint8Array): Package {
  return { logicalId, file, sha256: sha256(bytes), bytes: bytes.length };
}

function recordPackage(block: JsonObject, property: string, uri: string, hash: string): JsonObject {
  const metadata = objectAt(block, 'Metadata');
  return {
    ...block,
    Metadata: { ...metadata, Aviary: { ...objectAt(metadata, 'Aviary'), package: hash } },
    Properties: { ...objectAt(block, 'Properties'), [property]: uri },
  };
}
