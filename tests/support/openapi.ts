import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from './cloud.ts';
import type { Answer, Api, RequestParts } from './http.ts';

interface Content {
  readonly content?: { readonly 'application/json'?: { readonly example?: unknown } };
}
interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in: 'path' | 'query' | 'header';
}
/** A response of the document; its headers by name, `required` where no answer goes without one. */
interface DocumentedResponse extends Content {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, { readonly $ref?: string; readonly required?: boolean }>>;
}
interface Operation {
  readonly parameters: readonly Parameter[];
  /** Empty for a public route, else the scope. */
  readonly security: readonly { readonly token: readonly string[] }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

/** The parts of docs/openapi.yaml that the tests look at. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly responses: Readonly<Record<string, DocumentedResponse>>;
    readonly headers: Readonly<Record<string, { readonly required?: boolean }>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
  };
}

/** The OpenAPI document as it is in the repository. */
export const openApiDocument = parse(readFileSync(join(repository, 'docs', 'openapi.yaml'), 'utf8')) as OpenApiDocument;

const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema({ $id: 'openapi', ...openApiDocument });

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** `/users/{id}` for `/users/1?x=y`; undefined for a path that the document does not have. */
function templateOf(path: string): string | undefined {
  const [plain = ''] = path.split('?');
  const matches = (template: string): boolean =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`).test(plain);
  return Object.keys(openApiDocument.paths).find(matches);
}

/**
 * What the local cloud's gateway says by itself, in words of its own, since it knows no GatewayResponses of SAM's: where an
 * authorizer refuses or fails, where no route has the path (a slash in an id is decoded first), and where the path has a
 * line break, which its `*` in a policy does not stand for.
 */
const ofLocalGateway = new Set([
  '{"message":"Unauthorized"}',
  '{"message":null}',
  '{"message":"Missing Authentication Token"}',
  '{"Message":"User is not authorized to access this resource"}',
]);

/** Where the document has the response of a route, by its status. */
interface Found {
  /** Undefined for a status that the route is not to answer with. */
  readonly response: DocumentedResponse | undefined;
  readonly pointer: string;
}

/** The response that the document has for this answer; undefined where it is the gateway's to answer, for it has no such route. */
function find(method: string, path: string, status: number): Found | undefined {
  const template = templateOf(path);
  const operation = template === undefined ? undefined : openApiDocument.paths[template]?.[method.toLowerCase()];
  if (template === undefined || operation === undefined) return undefined;
  // Not its `default`, which is the gateway's: what a function answers is there by its status.
  const own = operation.responses[status];
  return own?.$ref === undefined
    ? { response: own, pointer: `#/paths/${escaped(template)}/${method.toLowerCase()}/responses/${status}` }
    : { response: openApiDocument.components.responses[own.$ref.replace(/^.*\//, '')], pointer: own.$ref };
}

/** An answer as the document speaks of it; of an example there are no headers. */
export interface GivenAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Headers;
}

/** What the document says against an answer; empty where it agrees. */
export function disagreements(method: string, path: string, { status, text, headers }: GivenAnswer): string[] {
  const of = `${method} ${path}`;
  const found = ofLocalGateway.has(text) ? undefined : find(method, path, status);
  if (found === undefined) return status < 400 ? [`${of} is not to answer ${status}`] : [];
  const { response, pointer } = found;
  if (response === undefined) return [`${of} is not to answer ${status}`];
  const lacking = headers === undefined ? [] : requiredHeaders(response).filter((name) => !headers.has(name));
  const against = [...lacking.map((name) => `lacks the header ${name}`), ...againstBody(pointer, text, headers)];
  return against.map((it) => `${of}, ${status}: ${it}`);
}

const requiredHeaders = ({ headers = {} }: DocumentedResponse): string[] =>
  Object.entries(headers).flatMap(([name, { $ref, required }]) => {
    const shared = $ref === undefined ? undefined : openApiDocument.components.headers[$ref.replace(/^.*\//, '')];
    return (shared?.required ?? required) === true ? [name] : [];
  });

function againstBody(pointer: string, text: string, headers: Headers | undefined): string[] {
  const validate = ajv.getSchema(`openapi${pointer}/content/application~1json/schema`);
  if (validate === undefined) return text === '' ? [] : ['is to have no body'];
  const type = headers?.get('content-type') ?? 'application/json';
  if (type !== 'application/json') return [`is ${type}`];
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  if (validate(body) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

/** The API, with every answer held against the OpenAPI document. @throws {Error} for one that it has otherwise */
export function documented(api: Api): Api {
  return async <Data>(method: string, path: string, parts?: RequestParts): Promise<Answer<Data>> => {
    const answer = await api<Data>(method, path, parts);
    const against = disagreements(method, path, answer);
    if (against.length > 0) throw new Error(`docs/openapi.yaml says otherwise:\n${against.join('\n')}\n${answer.text}`);
    return answer;
  };
}
