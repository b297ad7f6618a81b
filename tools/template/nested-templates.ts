import { join } from 'node:path';
import { objectAt, stringAt, textOf, type JsonObject } from '../lib/json.ts';
import { readTemplate } from './read-template.ts';
import { resolveTemplate } from './resolve-template.ts';

/**
 * The resources of each nested stack of a stage, by its logical id, with the values that the root gives its parameters; one
 * that only CloudFormation knows is its text.
 */
export function nestedResources(
  root: string,
  resources: Readonly<Record<string, JsonObject>>,
): Readonly<Record<string, Readonly<Record<string, JsonObject>>>> {
  const stacks = Object.entries(resources).filter(([, block]) => block['Type'] === 'AWS::CloudFormation::Stack');
  return Object.fromEntries(
    stacks.map(([id, block]) => {
      const properties = objectAt(block, 'Properties');
      const path = stringAt(properties, 'TemplateURL') ?? '';
      const given = Object.entries(objectAt(properties, 'Parameters')).map(
        ([name, value]) => [name, textOf(value)] as const,
      );
      return [id, resolveTemplate(readTemplate(join(root, path), path), Object.fromEntries(given)).resources];
    }),
  );
}
