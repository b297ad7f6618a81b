import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { objectAt, sha256, stringAt } from '../lib/json.ts';
import type { TreeFunction } from '../tree/tree.ts';
import { readTemplate } from '../template/read-template.ts';

/**
 * Holds the output of `sam build` against the plan: every local path in the built template is inside the build folder
 * (SAM would ship raw source otherwise), and each built function has the very bytes that were planned.
 * @param buildFolder absolute
 * @throws Failure where it does not, and nothing must be deployed
 */
export function verifyBuild(buildFolder: string, built: readonly TreeFunction[]): void {
  const template = readTemplate(join(buildFolder, 'template.yaml'), 'the built template');
  for (const [logicalId, block] of Object.entries(objectAt(template, 'Resources'))) {
    const properties = objectAt(block, 'Properties');
    for (const property of ['CodeUri', 'ContentUri']) {
      const uri = stringAt(properties, property);
      if (uri === undefined || uri.startsWith('s3://')) continue;
      const path = relative(buildFolder, resolve(buildFolder, uri));
      if (path.startsWith('..') || !existsSync(join(buildFolder, path))) {
        throw new Failure(
          `sam build left ${logicalId} with ${property} ${uri}, which is not built.`,
          'Nothing was deployed; read what sam build said.',
        );
      }
    }
  }
  for (const { logicalId, entry, code } of built) {
    const file = join(buildFolder, logicalId, entry.replace(/^.*\//, '').replace(/\.[cm]?tsx?$/, '.js'));
    const actual = existsSync(file) ? sha256(readFileSync(file)) : 'nothing';
    if (actual !== code) {
      throw new Failure(
        `sam build made another ${logicalId} than was planned (${actual.slice(0, 12)}, planned ${code.slice(0, 12)}).`,
        'A file changed meanwhile, most likely: deploy again.',
      );
    }
  }
}
