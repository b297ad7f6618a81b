import { isObject, objectAt, type Json, type JsonObject } from '../lib/json.ts';
import type { DescribedApi } from './described.ts';
import { jsonSchemaOf } from './json-schema.ts';

/**
 * The models that the gateway checks bodies against, by the names that the schemas have in the document: of each route
 * whose body has one. A body without a name is the function's alone to judge, such as one that has to be signed.
 */
export function gatewayModels(apis: Readonly<Record<string, DescribedApi>>): JsonObject {
  const models = Object.values(apis).flatMap(({ requestSchemas = {}, routes }) => {
    const bodies = new Set(Object.values(routes).map(({ body }) => body));
    const named = Object.entries(requestSchemas).filter(([, schema]) => bodies.has(schema));
    return named.map(([name, schema]) => [name, modelOf(jsonSchemaOf(schema, 'input', new Map()))] as const);
  });
  return Object.fromEntries(models);
}

/** What means the same in draft 4 of JSON Schema, which the gateway knows. */
const kept = ['type', 'required', 'additionalProperties', 'minItems', 'maxItems', 'minimum', 'maximum'];

/**
 * What draft 4 can say of a schema that the function is sure to say as well: types, fields, and the limits of numbers and
 * lists. What it says of a text it says after trimming and lower case, so of that nothing is here: the gateway may take
 * what the function refuses, and never the other way round.
 */
function modelOf(schema: JsonObject): JsonObject {
  const own = kept.flatMap((key) => (schema[key] === undefined ? [] : [[key, schema[key]] as const]));
  const properties = Object.entries(objectAt(schema, 'properties')).map(([name, it]) => [name, ofMember(it)] as const);
  const { items } = schema;
  return {
    ...Object.fromEntries(own),
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(items === undefined ? {} : { items: ofMember(items) }),
  };
}

const ofMember = (value: Json): Json => (isObject(value) ? modelOf(value) : value);
