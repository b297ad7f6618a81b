import { readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { isList, isObject, sha256, type Json, type JsonObject } from '../lib/json.ts';
import { parseTemplate } from './read-template.ts';

/** Properties whose value may be the path of a local file, which `sam deploy` uploads. */
const pathProperties = new Set(['TemplateURL', 'Location', 'DefinitionUri', 'SchemaUri']);

/** True for a path in the repository; false for an `s3://` or `https://` address, and for an intrinsic. */
export function isLocalPath(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '' && !/^[a-z][a-z0-9]*:/i.test(value) && !value.startsWith('/');
}

/** The block with each path of a local file replaced by what `change` answers for it. */
export function mapLocalPaths(block: JsonObject, root: string, change: (path: string) => string): JsonObject {
  const visit = (value: Json): Json => {
    if (isList(value)) return value.map(visit);
    return isObject(value) ? visitObject(value) : value;
  };
  const visitObject = (value: JsonObject): JsonObject => {
    const entries = Object.entries(value).map(([key, member]): [string, Json] => {
      const local = pathProperties.has(key) && isLocalPath(member) && isFile(join(root, member));
      return [key, local ? change(member) : visit(member)];
    });
    return Object.fromEntries(entries);
  };
  return visitObject(block);
}

/** Paths of the local files that a block names, from the root. */
export function localFiles(block: JsonObject, root: string): string[] {
  const found: string[] = [];
  mapLocalPaths(block, root, (path) => {
    found.push(path);
    return path;
  });
  return found;
}

/**
 * sha256 of a local file: of a template the data, so that a comment changes nothing, with what it nests in turn; of any
 * other file the bytes.
 * @param path from the root
 */
export function hashLocalFile(path: string, root: string): string {
  const bytes = readFileSync(join(root, path));
  if (!/\.(ya?ml|json)$/.test(path)) return sha256(bytes);
  const template = parseTemplate(bytes.toString('utf8'), path);
  const folder = dirname(join(root, path));
  const nested = localFiles(template, folder).map((inner) =>
    hashLocalFile(posix.join(posix.dirname(path), inner), root),
  );
  return sha256([template, nested]);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
