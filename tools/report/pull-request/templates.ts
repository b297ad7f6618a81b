import { isObject, objectAt, type JsonObject } from '../../lib/json.ts';

/** Path of a template in the repository to the template, translated. */
export type Templates = Readonly<Record<string, JsonObject>>;

/** Every resource of the templates, as `template.yaml Users`. A loop (`Fn::ForEach`) is none. */
export function blocksOf(templates: Templates): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const [path, template] of Object.entries(templates)) {
    for (const [id, block] of Object.entries(objectAt(template, 'Resources')))
      if (isObject(block)) found.set(`${path} ${id}`, block);
  }
  return found;
}
