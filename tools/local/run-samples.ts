import { isObject, objectAt, parseJson, stringAt, stringsOf, type Json, type JsonObject } from '../lib/json.ts';
import { readSamples } from '../samples/read-samples.ts';
import { apiUrl } from '../stack/check-health.ts';
import type { Connection } from '../stack/connection.ts';
import { secondsFromNow, stageTokens, type StageTokens } from '../token/stage-tokens.ts';
import type { LocalFunction } from './list-functions.ts';

/** Whether a function did with a sample event what it should. */
export interface Check {
  /** `users/create-user`: the folder and the event's file. */
  readonly name: string;
  readonly ok: boolean;
  /** What it answered, where that is not well. */
  readonly problem?: string;
}

/** Makes a token of what an authorizer says of a caller. */
type TokenFor = (context: Readonly<Record<string, string>>) => Promise<string>;

/** What is made before what reads it, what changes it after, what deletes it last. */
const order = ['POST', 'GET', 'HEAD', 'PUT', 'PATCH', 'action', 'DELETE'];
const patienceMs = 30_000;

/**
 * Sends every sample event in functions/<name>/events: one of the API as the HTTP request that it describes, any other
 * as an invocation. One with an authorizer's context is sent with a token that says the same. An id in a path, and
 * `userId` in a body or query, is that of what the samples made before, so that all of them are to succeed. An invocation
 * whose file ends with `-refused` is to fail.
 */
export async function runSamples(
  { root, ...connection }: Connection,
  functions: readonly LocalFunction[],
  outputs: Readonly<Record<string, string>>,
): Promise<Check[]> {
  const base = apiUrl({ root, ...connection }, outputs) ?? '';
  // Read when the first sample needs it: a product may have no route that asks who calls.
  let tokens: Promise<StageTokens> | undefined;
  const tokenFor: TokenFor = async ({ sub: subject = '', scopes = '' }) =>
    (await (tokens ??= stageTokens({ root, ...connection }, outputs)))({
      subject,
      scopes: scopes.split(' '),
      expiresAt: secondsFromNow(patienceMs / 1_000),
    });
  const checks: Check[] = [];
  const made = new Map<string, string>();
  const samples = functions
    .flatMap(({ name, invokeUrl }) => {
      return readSamples(root, name).map((it) => ({ ...it, name: `${name}/${it.name}`, invokeUrl }));
    })
    .sort((a, b) => rank(a.event) - rank(b.event));
  for (const { name, event, isRefused, invokeUrl } of samples) {
    const problem =
      event['httpMethod'] !== undefined
        ? await request(base, event, made, tokenFor)
        : isRefused
          ? await failsOn(invokeUrl, event)
          : await invoke(invokeUrl, event);
    checks.push({ name, ok: problem === undefined, ...(problem === undefined ? {} : { problem }) });
  }
  return checks;
}

/** A POST to something that is there already, as /orders/{id}/pay is, is an action on it. */
function rank(event: JsonObject): number {
  const method = stringAt(event, 'httpMethod') ?? '';
  const isAction = method === 'POST' && (stringAt(event, 'resource') ?? '').includes('{');
  return order.indexOf(isAction ? 'action' : method);
}

/** Puts in for each `userId` the id that was made last in `/users`, and so on. */
function withIds(values: JsonObject, made: ReadonlyMap<string, string>): JsonObject {
  const filled = Object.entries(values).map(([field, value]): [string, Json] => {
    const [, singular] = /^(\w+)Id$/.exec(field) ?? [];
    return [field, made.get(`/${singular ?? ''}s`) ?? value];
  });
  return Object.fromEntries(filled);
}

/** @returns what is wrong; undefined where the function did not fail */
async function invoke(url: string, event: JsonObject): Promise<string | undefined> {
  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(event),
    signal: AbortSignal.timeout(patienceMs),
  });
  const text = await response.text();
  return response.ok && !response.headers.has('x-amz-function-error') ? undefined : `${response.status} ${text}`;
}

/** @returns what is wrong; undefined where the function failed, as it is to */
const failsOn = async (url: string, event: JsonObject): Promise<string | undefined> =>
  (await invoke(url, event)) === undefined ? 'It was not refused' : undefined;

/** @param made id of what was made last in a collection, by its path; a successful POST adds one */
async function request(
  base: string,
  event: JsonObject,
  made: Map<string, string>,
  tokenFor: TokenFor,
): Promise<string | undefined> {
  const method = stringAt(event, 'httpMethod') ?? 'GET';
  const resource = stringAt(event, 'resource') ?? '';
  const path = resource.replaceAll(
    /(.*?)\/\{[^}]+\}/g,
    (_whole, collection: string) => `${collection}/${made.get(collection) ?? 'unknown'}`,
  );
  const query = new URLSearchParams(stringsOf(withIds(objectAt(event, 'queryStringParameters'), made))).toString();
  const { Host: _host, ...headers } = stringsOf(event['headers']);
  const authorizer = objectAt(event, 'requestContext')['authorizer'];
  const proof = isObject(authorizer) ? { authorization: `Bearer ${await tokenFor(stringsOf(authorizer))}` } : undefined;
  const body = bodyOf(event, made);
  const response = await fetch(`${base}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: { ...headers, ...proof },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(patienceMs),
  });
  const text = await response.text();
  if (!response.ok) return `${response.status} ${text}`;
  const id = stringAt(objectAt(parse(text), 'data'), 'id');
  if (method === 'POST' && id !== undefined) made.set(resource, id);
  return undefined;
}

/** A body that is no JSON object, or has no such field, is sent as it is: it may be signed. */
function bodyOf(event: JsonObject, made: ReadonlyMap<string, string>): string | undefined {
  const text = stringAt(event, 'body');
  const body = parse(text ?? '');
  if (!isObject(body)) return text;
  const filled = withIds(body, made);
  return Object.keys(body).every((field) => filled[field] === body[field]) ? text : JSON.stringify(filled);
}

function parse(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
