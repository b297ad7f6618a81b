import { isList, isObject, objectAt, type Json, type JsonObject } from '../lib/json.ts';
import type { DescribedRoute } from './described.ts';
import { jsonSchemaOf, type SchemaNames } from './json-schema.ts';

/** The parameters of a route; each may be given a correlation id. */
export function parametersOf({ params, query, headers }: DescribedRoute, names: SchemaNames): Json[] {
  const places = { path: params, query, header: headers };
  const own = Object.entries(places).flatMap(([place, schema]): JsonObject[] => {
    if (schema === undefined) return [];
    // All of them come as text: what they are read as says more. Whether one may be left out is for the caller to know.
    const read = objectAt(jsonSchemaOf(schema, 'output', names), 'properties');
    const { required, properties } = jsonSchemaOf(schema, 'input', names);
    return Object.entries(read).map(([name, value]) => ({
      name,
      in: place,
      required: place === 'path' || (isList(required) && required.includes(name)),
      // What a transformation ends in says nothing: what goes into it is told then.
      schema: isObject(value) && Object.keys(value).length === 0 ? objectAt(properties, name) : value,
    }));
  });
  return [...own, { $ref: '#/components/parameters/CorrelationId' }];
}
