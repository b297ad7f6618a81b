import { join } from 'node:path';
import { objectAt, type JsonObject } from '../lib/json.ts';
import type { Composed } from '../stack/write-composed.ts';
import { readTemplate } from '../template/read-template.ts';
import { writeTemplate } from '../template/write-template.ts';
import { unchangedParts } from './keep-unchanged.ts';
import { withBuilt } from './part-to-build.ts';
import { isPlaced } from './placement.ts';
import { splitTemplate } from './split-template.ts';

/** The file in the build folder that is deployed: what `sam build` wrote, or the root of what it is split into. */
export const deployedFile = (template: JsonObject): string => (isPlaced(template) ? 'root.yaml' : 'template.yaml');

/**
 * Writes the root and the nested stacks beside what was built of a composed template that has functions in nested stacks;
 * nothing for any other.
 * @param root absolute path of the repository
 * @throws Failure as `splitTemplate`
 */
export function splitBuild(root: string, files: Pick<Composed, 'template' | 'buildFolder'>): void {
  const composed = readTemplate(join(root, files.template), 'the composed template');
  if (!isPlaced(composed)) return;
  const buildFolder = join(root, files.buildFolder);
  const template = withBuilt(composed, readTemplate(join(buildFolder, 'template.yaml'), 'the built template'));
  const split = splitTemplate(template);
  const unchanged = unchangedParts(template);
  writeTemplate(join(buildFolder, deployedFile(template)), withAddresses(split.root, unchanged));
  for (const [stack, it] of Object.entries(split.nested)) {
    if (unchanged[stack] === undefined) writeTemplate(join(buildFolder, `${stack}.yaml`), it);
  }
}

/** The root, with nested stacks that are as they are deployed at the template that they have. */
function withAddresses(root: JsonObject, unchanged: Readonly<Record<string, string>>): JsonObject {
  const resources = objectAt(root, 'Resources');
  const kept = Object.entries(unchanged).map(([stack, address]): [string, JsonObject] => {
    const block = objectAt(resources, stack);
    return [stack, { ...block, Properties: { ...objectAt(block, 'Properties'), TemplateURL: address } }];
  });
  return { ...root, Resources: { ...resources, ...Object.fromEntries(kept) } };
}
