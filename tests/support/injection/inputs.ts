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

/**
 * What is hostile in each input of a route, one at a time; the rest of the request is as the route takes it. A hostile
 * correlation id goes with each of them, since no route refuses a request for that.
 */
export function attacksOn(valid: ValidRequest, parameters: ReadonlyMap<string, Place>, trap: Trap): Attack[] {
  const texts = Object.entries(hostileTexts(trap));
  const own = [...parameters].filter(([name]) => name !== correlationId);
  const attacks = [...ofParameters(valid, own, texts), ...(valid.body === undefined ? [] : ofBody(valid, texts))];
  // A route may have no other input.
  const some = attacks.length > 0 ? attacks : texts.map(([what]) => attack(correlationId, what, valid));
  return some.map((it, at) => {
    const [, text = ''] = texts[at % texts.length] ?? [];
    return { ...it, parts: { ...it.parts, headers: { ...it.parts.headers, [correlationId]: inHeader(text) } } };
  });
}

const correlationId = 'X-Correlation-Id';

type Texts = readonly (readonly [what: string, text: string])[];

function ofParameters(valid: ValidRequest, parameters: readonly (readonly [string, Place])[], texts: Texts): Attack[] {
  const key = { path: 'params', query: 'query', header: 'headers' } as const;
  const takesQuery = parameters.some(([, place]) => place === 'query');
  const values = parameters.flatMap(([name, place]) =>
    texts.map(([what, text]) => {
      const value = place === 'header' ? inHeader(text) : text;
      return attack(`${place}.${name}`, what, { ...valid, [key[place]]: { ...valid[key[place]], [name]: value } });
    }),
  );
  const names = texts.map(([what, text]) =>
    attack('query, a name', what, { ...valid, query: { ...valid.query, [text]: '1' } }),
  );
  return takesQuery ? [...values, ...names] : values;
}

function ofBody(valid: ValidRequest, texts: Texts): Attack[] {
  const whole = JSON.stringify(valid.body);
  const values = [
    ...texts.map(([what, text]) => [what, JSON.stringify(text)] as const),
    ...Object.entries(hostileJson),
  ];
  const fields = leavesOf(valid.body).flatMap((field) =>
    values.map(([what, json]) => attack(`body.${field.join('.')}`, what, valid, withJson(valid.body, field, json))),
  );
  const names = texts.map(([what, text]) =>
    attack(
      'body, a name',
      what,
      valid,
      whole.replace(/\}$/, () => `,${JSON.stringify(text)}:1}`),
    ),
  );
  const bodies = Object.entries(hostileBodies(whole)).map(([what, raw]) => attack('body', what, valid, raw));
  return [...fields, ...names, ...bodies];
}

/** @param raw the body as text, in place of the one of the request */
function attack(input: string, what: string, it: ValidRequest, raw?: string): Attack {
  const path = it.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => inUrl(it.params[name] ?? '-'));
  const query = Object.entries(it.query).map(([name, value]) => `${inUrl(name)}=${inUrl(value)}`);
  const body = raw ?? it.body;
  return {
    title: `${it.method} ${it.path}, ${input}, ${what}`,
    method: it.method,
    path: query.length === 0 ? path : `${path}?${query.join('&')}`,
    parts: { headers: it.headers, ...(body === undefined ? {} : { body }) },
  };
}

/** What a client can put into a header at all; the rest goes in as a careless program would encode it. */
const inHeader = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? text.slice(0, 8_000) : inUrl(text));

const inUrl = (text: string): string => encodeURIComponent(text.toWellFormed());

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
