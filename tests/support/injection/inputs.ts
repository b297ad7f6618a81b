import type { RequestParts } from '../http.ts';
import { openApiDocument } from '../openapi.ts';
import { hostileBodies, hostileJson, hostileTexts, type Trap } from './corpus.ts';

/** A route with values that it takes. */
export interface ValidRequest {
  readonly method: string;
  /** As the document has it, `/users/{id}`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A request with one hostile input. */
export interface Attack {
  /** `POST /users, body.name, HTML: a script`. */
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly parts: RequestParts;
}

type Place = 'path' | 'query' | 'header';

/** A route, with where its parameters are. */
export interface DocumentedRoute {
  readonly method: string;
  readonly path: string;
  readonly parameters: ReadonlyMap<string, Place>;
}

/** Every route of docs/openapi.yaml. */
export function routesOfDocument(): DocumentedRoute[] {
  return Object.entries(openApiDocument.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters }]) => {
      const named = parameters.map((it) =>
        it.$ref === undefined ? it : openApiDocument.components.parameters[it.$ref.replace(/^.*\//, '')],
      );
      const places = named.flatMap((it) => (it?.name === undefined ? [] : [[it.name, it.in] as const]));
      return { method: method.toUpperCase(), path, parameters: new Map(places) };
    }),
  );
}

/** What is hostile in each input of a route, one at a time; the rest of the request is as the route takes it. */
export function attacksOn(valid: ValidRequest, parameters: ReadonlyMap<string, Place>, trap: Trap): Attack[] {
  const texts = Object.entries(hostileTexts(trap));
  const attack = (input: string, what: string, changed: Partial<ValidRequest> & { readonly raw?: string }): Attack => ({
    title: `${valid.method} ${valid.path}, ${input}, ${what}`,
    ...requestOf({ ...valid, ...changed }, changed.raw),
  });
  const ofParameters = [...parameters, ['<b>\r\nextra', 'query'] as const].flatMap(([name, place]) =>
    texts.map(([what, text]) => {
      const key = { path: 'params', query: 'query', header: 'headers' } as const;
      const value = place === 'header' ? inHeader(text) : text;
      return attack(`${place}.${name}`, what, { [key[place]]: { ...valid[key[place]], [name]: value } });
    }),
  );
  if (valid.body === undefined) return ofParameters;
  const whole = JSON.stringify(valid.body);
  const values = [
    ...texts.map(([what, text]) => [what, JSON.stringify(text)] as const),
    ...Object.entries(hostileJson),
  ];
  const ofFields = leavesOf(valid.body).flatMap((field) =>
    values.map(([what, json]) => attack(`body.${field.join('.')}`, what, { raw: withJson(valid.body, field, json) })),
  );
  const ofNames = texts.map(([what, text]) =>
    attack('body, a name', what, { raw: whole.replace(/\}$/, `,${JSON.stringify(text)}:1}`) }),
  );
  const ofBody = Object.entries(hostileBodies(whole)).map(([what, raw]) => attack('body', what, { raw }));
  return [...ofParameters, ...ofFields, ...ofNames, ...ofBody];
}

/** What a client can put into a header at all; the rest goes in as a careless program would encode it. */
const inHeader = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? text.slice(0, 8_000) : inUrl(text));

const inUrl = (text: string): string => encodeURIComponent(text.toWellFormed());

function requestOf(it: ValidRequest, raw?: string): Pick<Attack, 'method' | 'path' | 'parts'> {
  const path = it.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => inUrl(it.params[name] ?? '-'));
  const query = Object.entries(it.query).map(([name, value]) => `${inUrl(name)}=${inUrl(value)}`);
  const body = raw ?? it.body;
  return {
    method: it.method,
    path: query.length === 0 ? path : `${path}?${query.join('&')}`,
    parts: { headers: it.headers, ...(body === undefined ? {} : { body }) },
  };
}

/** The way to each field that is no object: `['lines', '0', 'sku']`. */
function leavesOf(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  return Object.entries(value).flatMap(([key, it]) => leavesOf(it, [...way, key]));
}

/** The body as text, with one field written as this JSON. */
function withJson(body: unknown, way: readonly string[], json: string): string {
  const mark = 'the hostile value';
  const copy: unknown = structuredClone(body);
  let at = copy as Record<string, unknown>;
  for (const key of way.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[way.at(-1) ?? ''] = mark;
  // By a function: a text with a dollar sign is no pattern.
  return JSON.stringify(copy).replace(JSON.stringify(mark), () => json);
}
