import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { isObject, objectAt, parseJson, sha256, stringAt, type JsonObject } from '../lib/json.ts';

/** A package with all that it depends on, as package-lock.json pins them. */
export interface LockedPackage {
  readonly version: string;
  /** Path in the lock file (`node_modules/zod`) to version, of the package and everything below it. */
  readonly closure: Readonly<Record<string, string>>;
  /** sha256 over the closure with the packages' integrity. */
  readonly hash: string;
}

/** Answers what package-lock.json pins for an import path such as `@aws-sdk/client-lambda` or `zod/v4`. */
export type PackageLookup = (importPath: string) => LockedPackage;

/**
 * Reads package-lock.json, and node_modules/.package-lock.json, npm's own account of what is installed.
 * @throws Failure where there is no lock file; the look-up throws one for a package that is not locked, or of which
 *   another version is installed: the build takes what is installed, the plan must speak of the same
 */
export function readLockedPackages(root: string): PackageLookup {
  const locked = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  const known = new Map<string, LockedPackage>();
  return (importPath) => {
    const name = packageName(importPath);
    const found = known.get(name) ?? lookUp(name, locked, installed);
    known.set(name, found);
    return found;
  };
}

/** What package-lock.json says of one package. */
export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity, `sha512-<base64>`; undefined for what is no download. */
  readonly integrity: string | undefined;
  /** SPDX expression. */
  readonly license: string | undefined;
}

/** Answers by a path in package-lock.json, as {@link LockedPackage.closure} has them. */
export function readPackageFacts(root: string): (path: string) => PackageFacts {
  const locked = readLock(join(root, 'package-lock.json'));
  return (path) => ({
    name: stringAt(locked[path], 'name') ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: stringAt(locked[path], 'version') ?? '',
    integrity: stringAt(locked[path], 'integrity'),
    license: stringAt(locked[path], 'license'),
  });
}

/** The path of every package in package-lock.json, this repository itself left out. */
export function lockedPaths(root: string): string[] {
  return Object.keys(readLock(join(root, 'package-lock.json'))).filter((path) => path !== '');
}

/** `@scope/name` or `name` of an import path. */
export function packageName(importPath: string): string {
  return importPath
    .split('/')
    .slice(0, importPath.startsWith('@') ? 2 : 1)
    .join('/');
}

function readLock(file: string): JsonObject {
  try {
    return objectAt(parseJson(readFileSync(file, 'utf8')), 'packages');
  } catch (cause) {
    throw new Failure(`${file} cannot be read.`, 'Run npm ci.', { cause });
  }
}

function lookUp(name: string, locked: JsonObject, installed: JsonObject): LockedPackage {
  const start = `node_modules/${name}`;
  const entries: Record<string, string> = {};
  const closure: Record<string, string> = {};
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (closure[path] !== undefined) continue;
    const entry = locked[path];
    const version = stringAt(entry, 'version');
    if (version === undefined)
      throw new Failure(`${name} is not in package-lock.json.`, `Run npm install --save-exact ${name}.`);
    const present = stringAt(installed[path], 'version');
    // One for another machine, which npm leaves out here; it is pinned all the same.
    const leftOut = present === undefined && isObject(entry) && entry['optional'] === true;
    if (present !== version && !leftOut) {
      throw new Failure(
        `package-lock.json says ${path.slice('node_modules/'.length)} ${version}, installed is ${present ?? 'none'}.`,
        'Run npm ci.',
      );
    }
    closure[path] = version;
    entries[path] = `${version} ${stringAt(entry, 'integrity') ?? ''}`;
    for (const dependency of dependenciesOf(entry)) {
      const resolved = resolveFrom(path, dependency, locked);
      if (resolved !== undefined) open.push(resolved);
    }
  }
  return { version: closure[start] ?? '', closure, hash: sha256(entries) };
}

function dependenciesOf(entry: JsonObject[string] | undefined): string[] {
  if (!isObject(entry)) return [];
  const kinds = ['dependencies', 'optionalDependencies', 'peerDependencies'];
  return kinds.flatMap((kind) => Object.keys(objectAt(entry, kind)));
}

/** Node.js's own rule: the nearest node_modules on the way up. Undefined for an optional package left out. */
function resolveFrom(path: string, dependency: string, locked: JsonObject): string | undefined {
  for (let folder = path; ; folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))) {
    const nested = `${folder}/node_modules/${dependency}`;
    if (locked[nested] !== undefined) return nested;
    if (!folder.includes('/node_modules/')) break;
  }
  const top = `node_modules/${dependency}`;
  return locked[top] === undefined ? undefined : top;
}
