import { dump } from 'js-yaml';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplate } from '../template/read-template.ts';
import { placementOf } from './placement.ts';
import { splitTemplate } from './split-template.ts';
import type { JsonObject } from '../lib/json.ts';

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
  const write = (name: string, it: JsonObject): void => {
    writeFileSync(join(buildFolder, name), dump(it, { noRefs: true, lineWidth: -1 }));
  };
  write(file, root);
  for (const [stack, it] of Object.entries(nested)) write(`${stack}.yaml`, it);
}
