import { join } from 'node:path';
import { objectAt, type JsonObject } from '../lib/json.ts';
import { readTemplate } from '../template/read-template.ts';
import { writeTemplate } from '../template/write-template.ts';
import { unchangedParts } from './keep-unchanged.ts';
import { placementOf } from './placement.ts';
import { splitTemplate } from './split-template.ts';

/** The file in the build folder that is deployed: what `sam build` wrote, or the root of what it is split into. */
export function deployedFile(template: JsonObject): string {
  return Object.keys(placementOf(template)).length === 0 ? 'template.yaml' : 'root.yaml';
}

/**
 * Writes the root and the nested stacks beside a built template that has functions in nested stacks; nothing for any other.
 * @param buildFolder absolute
 * @throws Failure as `splitTemplate`
 */
export function splitBuild(buildFolder: string): void {
  const template = readTemplate(join(buildFolder, 'template.yaml'), 'the built template');
  const file = deployedFile(template);
  if (file === 'template.yaml') return;
  const { root, nested } = splitTemplate(template);
  const unchanged = unchangedParts(template);
  writeTemplate(join(buildFolder, file), withAddresses(root, unchanged));
  for (const [stack, it] of Object.entries(nested)) {
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
