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
interface Operation {
  readonly parameters: readonly Parameter[];
  /** Empty for a public route, else the scope. */
  readonly security: readonly { readonly token: readonly string[] }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content & { readonly $ref?: string }>>;
}

/** The parts of docs/openapi.yaml that the tests look at. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly responses: Readonly<Record<string, Content>>;
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

const gateway = '#/components/responses/gateway';

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

/** A pointer to the response that the document has for this answer. */
function pointerTo(method: string, path: string, status: number): string {
  const template = templateOf(path);
  const operation = template === undefined ? undefined : openApiDocument.paths[template]?.[method.toLowerCase()];
  if (template === undefined || operation === undefined) return gateway;
  const key = operation.responses[status] === undefined ? 'default' : String(status);
  return operation.responses[key]?.$ref ?? `#/paths/${escaped(template)}/${method.toLowerCase()}/responses/${key}`;
}

/** What the document says against an answer; empty where it agrees. */
export function disagreements(
  method: string,
  path: string,
  { status, text }: Pick<Answer<unknown>, 'status' | 'text'>,
): string[] {
  const pointer = ofLocalGateway.has(text) ? gateway : pointerTo(method, path, status);
  // No route of ours, or one that was not reached.
  if (pointer === gateway) return status < 400 ? [`${method} ${path} is not to answer ${status}`] : [];
  const validate = ajv.getSchema(`openapi${pointer}/content/application~1json/schema`);
  if (validate === undefined) return text === '' ? [] : [`${method} ${path}: ${status} is to have no body`];
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  if (validate(body) === true) return [];
  return (validate.errors ?? []).map((it) => `${method} ${path}, ${status}: ${it.instancePath} ${it.message ?? ''}`);
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
