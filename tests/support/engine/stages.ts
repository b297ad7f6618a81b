import { join } from 'node:path';
import type { JsonObject } from '../../../tools/lib/json.ts';
import { nestedResources } from '../../../tools/template/nested-templates.ts';
import { readStages } from '../../../tools/template/read-stages.ts';
import { readTemplate } from '../../../tools/template/read-template.ts';
import { resolveTemplate } from '../../../tools/template/resolve-template.ts';
import { repository } from './a-folder.ts';

type Resources = Readonly<Record<string, JsonObject>>;

/** A stage of this repository with all values written in. */
export interface ResolvedStage {
  readonly name: string;
  readonly root: Resources;
  /** Of each nested stack, by its logical id, the resources. */
  readonly nested: Readonly<Record<string, Resources>>;
}

/** Every stage of samconfig.toml, with some parameters otherwise. */
export function resolvedStages(overrides: Readonly<Record<string, string>> = {}): ResolvedStage[] {
  return [...readStages(repository).values()].map(({ name, parameters }) => {
    const template = readTemplate(join(repository, 'template.yaml'), 'template.yaml');
    const { resources } = resolveTemplate(template, { ...parameters, ...overrides });
    return { name, root: resources, nested: nestedResources(repository, resources) };
  });
}
