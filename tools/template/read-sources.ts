import { join } from 'node:path';
import type { JsonObject } from '../lib/json.ts';
import { findCodeResources, type CodeResources } from './code-resources.ts';
import type { Stage } from './read-stages.ts';
import { readTemplate } from './read-template.ts';
import { resolveTemplate } from './resolve-template.ts';

/** The template's resources as a stage has them, and the functions and layers among these. @throws Failure as `readTree` */
export function readSources(
  root: string,
  { parameters }: Pick<Stage, 'parameters'>,
): CodeResources & { readonly resources: Readonly<Record<string, JsonObject>> } {
  const { resources } = resolveTemplate(readTemplate(join(root, 'template.yaml'), 'template.yaml'), parameters);
  return { resources, ...findCodeResources(resources, root) };
}
