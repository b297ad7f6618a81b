import { isList, isObject, objectAt, parseJson, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { homesOf, type Placement } from './placement.ts';

/** A template whose routes are in its API's body, where a function with routes lives in another stack than the API. */
export interface MovedRoutes {
  readonly resources: JsonObject;
  /** With the stacks of the permissions by which the API may call. */
  readonly placement: Placement;
  /** Of each function whose events were taken off: all its events, as JSON. */
  readonly events: Readonly<Record<string, string>>;
}

/** The stack of the permissions of a stack's routes. It knows both API and functions, and neither of them knows it. */
export const permissionStack = (stack: string): string => `${stack}Routes`;

/** The mark of an API whose body was made here. */
const mark = { Aviary: { body: 'routes' } };

/**
 * SAM puts the routes of events into an API of the same template only. So where a function of an API lives in a nested stack, the
 * body of the API is written here, as SAM writes it; a test holds the two to each other. Functions of the root keep
 * their events, of which SAM then makes permissions only.
 */
export function moveRoutes(resources: JsonObject, placement: Placement): MovedRoutes {
  const homes = homesOf(placement);
  const moved: Record<string, Json> = { ...resources };
  const events: Record<string, string> = {};
  const permissions: Record<string, string[]> = {};
  const apis = new Set<string>();
  for (const [id, block] of functionsOf(resources)) {
    const stack = homes.get(id);
    const routes = apiEvents(block);
    if (stack === undefined || routes.length === 0) continue;
    events[id] = JSON.stringify(objectAt(objectAt(block, 'Properties'), 'Events'));
    moved[id] = withoutRoutes(block);
    for (const api of new Set(routes.map(apiOf))) {
      apis.add(api);
      const permission = `${id}From${api}`;
      moved[permission] = permissionFor(id, api);
      (permissions[permissionStack(stack)] ??= []).push(permission);
    }
  }
  for (const api of apis) moved[api] = withBody(objectAt(resources, api), bodyOf(api, resources));
  return { resources: moved, placement: { ...placement, ...permissions }, events };
}

/** The API's block as it was before {@link moveRoutes}. */
export function withoutBody(block: JsonObject): JsonObject {
  const { Metadata, ...rest } = block;
  const { Aviary, ...metadata } = isObject(Metadata) ? Metadata : {};
  if (objectAt({ Aviary: Aviary ?? null }, 'Aviary')['body'] === undefined) return block;
  const { DefinitionBody: _, ...properties } = objectAt(rest, 'Properties');
  return { ...rest, ...(Object.keys(metadata).length === 0 ? {} : { Metadata: metadata }), Properties: properties };
}

/** A function's block with the events that were taken off. */
export function withEvents(block: JsonObject, events: string): JsonObject {
  return { ...block, Properties: { ...objectAt(block, 'Properties'), Events: parseJson(events) } };
}

/** The events of a function that are routes of an API of its template. */
export function apiEvents(block: JsonObject): JsonObject[] {
  const events = Object.values(objectAt(objectAt(block, 'Properties'), 'Events'));
  return events.flatMap((event) => (stringAt(event, 'Type') === 'Api' ? [objectAt(event, 'Properties')] : []));
}

/** The logical id of the API that a route belongs to; empty where it names none. */
export const apiOf = (route: JsonObject): string => stringAt(objectAt(route, 'RestApiId'), 'Ref') ?? '';

/** What keeps the routes of an API from being written here; undefined where nothing does. */
export function unmovable(api: string, resources: JsonObject): string | undefined {
  const { DefinitionBody, DefinitionUri, OpenApiVersion, Auth } = objectAt(objectAt(resources, api), 'Properties');
  if (DefinitionBody !== undefined || DefinitionUri !== undefined) return `${api} has a definition of its own`;
  if (OpenApiVersion !== undefined) return `${api} has an OpenApiVersion`;
  if (stringAt(Auth, 'DefaultAuthorizer') === 'AWS_IAM') return `${api} has callers sign by IAM`;
  for (const [id, block] of functionsOf(resources)) {
    for (const route of apiEvents(block).filter((it) => apiOf(it) === api)) {
      const other = foreign(route, knownOfRoute) ?? foreign(objectAt(route, 'Auth'), knownOfAuth);
      if (other !== undefined) return `a route of ${id} has ${other}`;
      if (stringAt(objectAt(route, 'Auth'), 'Authorizer') === 'AWS_IAM')
        return `callers of a route of ${id} sign by IAM`;
      if (![undefined, false].includes(apiKeyOf(route))) return `a route of ${id} asks for an API key by itself`;
    }
  }
  return undefined;
}

const knownOfRoute = ['RestApiId', 'Path', 'Method', 'Auth', 'RequestModel'];
const knownOfAuth = ['Authorizer', 'ApiKeyRequired', 'AuthorizationScopes'];
const foreign = (value: JsonObject, known: readonly string[]): string | undefined =>
  Object.keys(value).find((key) => !known.includes(key));

function apiKeyOf(route: JsonObject): boolean | undefined {
  const required = objectAt(route, 'Auth')['ApiKeyRequired'];
  return required === undefined ? undefined : required !== false;
}

function functionsOf(resources: JsonObject): [string, JsonObject][] {
  const blocks = Object.entries(resources).filter((it): it is [string, JsonObject] => isObject(it[1]));
  return blocks.filter(([, block]) => block['Type'] === 'AWS::Serverless::Function');
}

function withoutRoutes(block: JsonObject): JsonObject {
  const { Events, ...properties } = objectAt(block, 'Properties');
  const left = Object.entries(isObject(Events) ? Events : {}).filter(([, event]) => stringAt(event, 'Type') !== 'Api');
  return {
    ...block,
    Properties: { ...properties, ...(left.length === 0 ? {} : { Events: Object.fromEntries(left) }) },
  };
}

function withBody(block: JsonObject, body: JsonObject): JsonObject {
  return {
    ...block,
    Metadata: { ...objectAt(block, 'Metadata'), ...mark },
    Properties: { ...objectAt(block, 'Properties'), DefinitionBody: body },
  };
}

/** One for all routes of a function; the API alone decides which of them there are. */
function permissionFor(id: string, api: string): JsonObject {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      FunctionName: { Ref: `${id}.Alias` },
      SourceArn: {
        'Fn::Sub': `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${api}}/*`,
      },
    },
  };
}

function bodyOf(api: string, resources: JsonObject): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  const validators: Record<string, Json> = {};
  for (const [id, block] of functionsOf(resources)) {
    for (const route of apiEvents(block).filter((it) => apiOf(it) === api)) {
      const validator = validatorOf(objectAt(route, 'RequestModel'));
      if (validator) validators[validator.name] = validator.definition;
      const method = (stringAt(route, 'Method') ?? '').toLowerCase();
      const name = method === 'any' ? 'x-amazon-apigateway-any-method' : method;
      (paths[stringAt(route, 'Path') ?? ''] ??= {})[name] = methodOf(id, route, resources, validator?.name);
    }
  }
  return {
    swagger: '2.0',
    info: { version: '1.0', title: { Ref: 'AWS::StackName' } },
    paths,
    ...(Object.keys(validators).length === 0 ? {} : { 'x-amazon-apigateway-request-validators': validators }),
  };
}

function methodOf(id: string, route: JsonObject, resources: JsonObject, validator: string | undefined): JsonObject {
  const security = securityOf(route, resources);
  const { Model: model, Required: required } = objectAt(route, 'RequestModel');
  const name = typeof model === 'string' ? model.toLowerCase() : undefined;
  const body = { in: 'body', name: name ?? '', schema: { $ref: `#/definitions/${name ?? ''}` } };
  return {
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: {
        'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Alias}/invocations`,
      },
    },
    responses: {},
    ...(security.length === 0 ? {} : { security }),
    ...(name === undefined ? {} : { parameters: [required === undefined ? body : { ...body, required }] }),
    ...(validator === undefined ? {} : { 'x-amazon-apigateway-request-validator': validator }),
  };
}

/** What differs from the API's defaults; those SAM puts in. */
function securityOf(route: JsonObject, resources: JsonObject): JsonObject[] {
  const { Authorizer: authorizer, AuthorizationScopes: scopes } = objectAt(route, 'Auth');
  const api = objectAt(objectAt(objectAt(resources, apiOf(route)), 'Properties'), 'Auth');
  const security: JsonObject[] = [];
  if (typeof authorizer === 'string') {
    const own = objectAt(objectAt(api, 'Authorizers'), authorizer)['AuthorizationScopes'];
    const asked = isList(scopes) ? scopes : own;
    security.push({ [authorizer]: authorizer === 'NONE' ? [] : (asked ?? []) });
  }
  if (apiKeyOf(route) === false) security.push({ api_key_false: [] });
  return security;
}

/** The gateway's check of a request, by the name that SAM gives it. */
function validatorOf({ ValidateBody, ValidateParameters }: JsonObject): { name: string; definition: Json } | undefined {
  if (ValidateBody === undefined && ValidateParameters === undefined) return undefined;
  const [body, parameters] = [ValidateBody === true, ValidateParameters === true];
  const name = body ? (parameters ? 'body-and-params' : 'body-only') : parameters ? 'params-only' : 'no-validation';
  return { name, definition: { validateRequestBody: body, validateRequestParameters: parameters } };
}
