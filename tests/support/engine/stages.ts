import { join } from 'node:path';
import { isObject, objectAt, stringAt, textOf, type Json, type JsonObject } from '../../../tools/lib/json.ts';
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
  return resolveTemplate(
    { ...template, Resources: expanded(template, Object.fromEntries(given)) },
    Object.fromEntries(given),
  ).resources;
}

/** `Fn::ForEach` over a parameter, as AWS::LanguageExtensions expands it. */
function expanded(template: JsonObject, given: Readonly<Record<string, string>>): JsonObject {
  const entries = Object.entries(objectAt(template, 'Resources')).flatMap(([id, block]): [string, Json][] => {
    if (!id.startsWith('Fn::ForEach::')) return [[id, block]];
    const [variable, collection, body] = block as [string, { Ref: string }, JsonObject];
    const values = (given[collection.Ref] ?? '').split(',');
    return values.flatMap((value) => {
      const made: unknown = JSON.parse(JSON.stringify(body).replaceAll(`\${${variable}}`, value));
      return isObject(made as Json) ? Object.entries(made as JsonObject) : [];
    });
  });
  return Object.fromEntries(entries);
}
