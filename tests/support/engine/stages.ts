import { join } from 'node:path';
import { objectAt, stringAt, textOf, type JsonObject } from '../../../tools/lib/json.ts';
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
    const stacks = Object.entries(resources).filter(([, block]) => block['Type'] === 'AWS::CloudFormation::Stack');
    const nested = stacks.map(([id, block]) => [id, nestedResources(objectAt(block, 'Properties'))] as const);
    return { name, root: resources, nested: Object.fromEntries(nested) };
  });
}

function nestedResources(properties: JsonObject): Resources {
  const path = stringAt(properties, 'TemplateURL') ?? '';
  const given = Object.entries(objectAt(properties, 'Parameters')).map(
    ([name, value]) => [name, textOf(value)] as const,
  );
  const template = readTemplate(join(repository, path), path);
  return resolveTemplate(template, Object.fromEntries(given)).resources;
}
