import { isJson, type Json, type JsonObject } from '../lib/json.ts';
import { common, errorResponse } from './components.ts';
import type { Accesses, DescribedApi, DescribedError, DescribedResponse, DescribedRoute } from './described.ts';
import { jsonSchemaOf, namedSchema, type SchemaNames } from './json-schema.ts';
import { parametersOf } from './parameters.ts';

/**
 * The OpenAPI 3.1 document of the API.
 * @param apis name of a function to what it says of its routes, and who may ask them, in the order of the document
 * @param errors the table of errors
 */
export function openApiDocument(
  apis: Readonly<Record<string, DescribedApi & { readonly accesses: Accesses }>>,
  errors: readonly DescribedError[],
): Json {
  const paths: Record<string, Record<string, Json>> = {};
  const schemas: Record<string, Json> = {};
  for (const [name, api] of Object.entries(apis)) {
    const named = { ...api.requestSchemas, ...api.responseSchemas };
    const names: SchemaNames = new Map(Object.entries(named).map(([id, schema]) => [schema, id]));
    for (const [id, schema] of Object.entries(named)) {
      if (Object.hasOwn(schemas, id)) throw new Error(`Two functions have a schema ${id} in their openapi.ts`);
      const isRequest = Object.hasOwn(api.requestSchemas ?? {}, id);
      schemas[id] = namedSchema(schema, isRequest ? 'input' : 'output', names);
    }
    for (const [key, route] of Object.entries(api.routes)) {
      const [method = '', path = ''] = key.split(' ');
      paths[path] = {
        ...paths[path],
        [method.toLowerCase()]: operation(name, key, route, accessOf(api.accesses, key), names),
      };
    }
  }
  const { openapi, info, servers } = common;
  return { openapi, info, servers, paths, components: components(schemas, errors) };
}

function components(schemas: JsonObject, errors: readonly DescribedError[]): JsonObject {
  const { Error: error, ...rest } = common.components.schemas;
  const responses = errors.map((it) => [String(it.status), errorResponse(it)] as const);
  return {
    ...common.components,
    schemas: { ...schemas, ...rest, Error: error },
    responses: { ...Object.fromEntries(responses), ...common.components.responses },
  };
}

function accessOf(accesses: Accesses, key: string): string {
  const access = accesses[key]?.access;
  if (access === undefined) throw new Error(`No routes.ts has ${key}, which an openapi.ts describes`);
  return access;
}

function operation(tag: string, key: string, route: DescribedRoute, access: string, names: SchemaNames): JsonObject {
  const { summary, description, body, bodyExample } = route;
  const isPublic = access === 'public';
  const given = Object.entries(route.responses).map(([status, it]) => [status, response(it, names)] as const);
  const failing = [...new Set([...route.errors, ...(isPublic ? [] : [401, 403]), 500])]
    .filter((status) => route.responses[status] === undefined)
    .map((status) => [String(status), { $ref: `#/components/responses/${status}` }] as const);
  return {
    operationId: operationId(key),
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    // Roles stand here for any kind of scheme since OpenAPI 3.1: the scope that a token needs.
    security: isPublic ? [] : [{ token: [access] }],
    parameters: parametersOf(route, names),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: json(jsonSchemaOf(body, 'input', names), bodyExample) } }),
    responses: {
      ...Object.fromEntries([...given, ...failing].sort(([a], [b]) => Number(a) - Number(b))),
      default: { $ref: '#/components/responses/gateway' },
    },
  };
}

/** `GET /users/{id}` as `getUsersId`. */
function operationId(key: string): string {
  const [first = '', ...rest] = key.split(/\W+/).filter(Boolean);
  const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
  return [first.toLowerCase(), ...rest.map(capital)].join('');
}

function response(
  { description, data, example, headers = {}, error }: DescribedResponse,
  names: SchemaNames,
): JsonObject {
  const own = Object.entries(headers).map(
    ([name, says]) => [name, { description: says, required: true, schema: { type: 'string' } }] as const,
  );
  const all = { ...Object.fromEntries(own), 'X-Correlation-Id': { $ref: '#/components/headers/CorrelationId' } };
  if (data === undefined) return { description, headers: all };
  const failure = error === undefined ? {} : { error: { code: error.code }, message: error.message };
  const schema = {
    type: 'object',
    properties: {
      success: { const: error === undefined },
      data: jsonSchemaOf(data, 'output', names),
      ...(error === undefined
        ? {}
        : {
            error: { type: 'object', properties: { code: { const: error.code } }, required: ['code'] },
            message: { type: 'string' },
          }),
    },
    required: ['success', 'data', ...Object.keys(failure)],
    additionalProperties: false,
  };
  const shown = example === undefined ? undefined : { success: error === undefined, data: example, ...failure };
  return { description, headers: all, content: json(schema, shown) };
}

function json(schema: JsonObject, example: unknown): JsonObject {
  return { 'application/json': { schema, ...(isJson(example) ? { example } : {}) } };
}
