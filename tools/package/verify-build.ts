import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { objectAt, sha256, stringAt } from '../lib/json.ts';
import { readTemplate } from '../template/read-template.ts';
import type { TreeFunction } from '../tree/tree.ts';
import { readZip } from './zip-folder.ts';

/**
 * Holds the output of `sam build` against the plan: every local folder in the built template is inside the build folder
 * (SAM would ship raw source otherwise), and each function that it has, in a folder or in a zip, is the very bytes that
 * the tree gives.
 * @param buildFolder absolute
 * @param functions of the tree; one that the template takes from S3, or not at all, is not looked at
 * @throws Failure where it does not, and nothing must be deployed
 */
export function verifyBuild(buildFolder: string, functions: readonly TreeFunction[]): void {
  const template = readTemplate(join(buildFolder, 'template.yaml'), 'the built template');
  const resources = objectAt(template, 'Resources');
  for (const [logicalId, block] of Object.entries(resources)) {
    for (const property of ['CodeUri', 'ContentUri']) {
      const uri = stringAt(objectAt(block, 'Properties'), property);
      if (uri === undefined || uri.startsWith('s3://')) continue;
      const path = resolve(buildFolder, uri);
      if (!existsSync(path) || (relative(buildFolder, path).startsWith('..') && !uri.endsWith('.zip'))) {
        throw new Failure(
          `sam build left ${logicalId} with ${property} ${uri}, which is not built.`,
          'Nothing was deployed; read what sam build said.',
        );
      }
    }
  }
  for (const { logicalId, entry, code } of functions) {
    const uri = stringAt(objectAt(objectAt(resources, logicalId), 'Properties'), 'CodeUri');
    if (uri === undefined || uri.startsWith('s3://')) continue;
    const actual = codeHash(resolve(buildFolder, uri), entry);
    if (actual !== code) {
      throw new Failure(
        `sam build made another ${logicalId} than was planned (${actual.slice(0, 12)}, planned ${code.slice(0, 12)}).`,
        'A file changed meanwhile, most likely: deploy again.',
      );
    }
  }
}

/**
 * sha256 of a package's one file, or `nothing`.
 * @param path of the folder or the zip
 * @param entry path of the source file that it was built from
 */
export function codeHash(path: string, entry: string): string {
  const name = entry.replace(/^.*\//, '').replace(/\.[cm]?tsx?$/, '.js');
  if (path.endsWith('.zip')) {
    const file = readZip(readFileSync(path))?.[name];
    return file ? sha256(file) : 'nothing';
  }
  const file = join(path, name);
  return existsSync(file) ? sha256(readFileSync(file)) : 'nothing';
}
