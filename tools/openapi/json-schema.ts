import * as z from 'zod';
import { isJson, isList, isObject, objectAt, type Json, type JsonObject } from '../lib/json.ts';

/** Whether what a caller sends is described, or what a caller gets. */
export type Direction = 'input' | 'output';

/** Schemas to the names under which the document has them. */
export type SchemaNames = ReadonlyMap<z.ZodType, string>;

/** The JSON Schema (2020-12) of a zod schema; one that has a name is referred to by it. */
export function jsonSchemaOf(schema: z.ZodType, direction: Direction, names: SchemaNames): JsonObject {
  const { $schema: _draft, $defs: _definitions, ...own } = convert(schema, direction, names);
  return moved(own);
}

/** The JSON Schema that stands under a schema's name. */
export function namedSchema(schema: z.ZodType, direction: Direction, names: SchemaNames): JsonObject {
  const { id: _id, ...own } = objectAt(objectAt(convert(schema, direction, names), '$defs'), names.get(schema) ?? '');
  return moved(own);
}

function convert(schema: z.ZodType, direction: Direction, names: SchemaNames): JsonObject {
  const registry = z.registry<{ id: string }>();
  for (const [named, id] of names) registry.add(named, { id });
  const made: unknown = z.toJSONSchema(schema, {
    io: direction,
    metadata: registry,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // What goes into a pipe says less than what has to come out of it, where both are text.
      if (zodSchema instanceof z.ZodPipe && zodSchema.def.out instanceof z.ZodStringFormat) {
        const { $schema: _draft, ...out } = z.toJSONSchema(zodSchema.def.out);
        if (jsonSchema.type === out.type) Object.assign(jsonSchema, out);
      }
      // A pattern of 200 characters that only says what the format says already; of an address it says more.
      if (jsonSchema.format !== undefined && jsonSchema.format !== 'email') delete jsonSchema.pattern;
    },
  });
  if (isJson(made) && isObject(made)) return made;
  throw new Error('zod made no JSON Schema');
}

// As characters: not everything that reads the document knows the properties of Unicode.
const portable = (pattern: string): string => pattern.replaceAll('\\P{Cc}', '[^\\u0000-\\u001f\\u007f-\\u009f]');

/** What zod keeps in `$defs` stands in the document's components; patterns are as everything can read them. */
function moved(schema: JsonObject): JsonObject {
  const visit = (value: Json): Json => {
    if (isList(value)) return value.map(visit);
    if (isObject(value)) return moved(value);
    return typeof value === 'string' ? value.replace(/^#\/\$defs\//, '#/components/schemas/') : value;
  };
  const told = (key: string, value: Json): Json =>
    key === 'pattern' && typeof value === 'string' ? portable(value) : visit(value);
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, told(key, value)]));
}
