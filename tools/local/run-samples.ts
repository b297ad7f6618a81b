import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isObject, objectAt, parseJson, stringAt, stringsOf, type Json, type JsonObject } from '../lib/json.ts';
import { apiUrl } from '../stack/check-health.ts';
import type { Connection } from '../stack/connection.ts';
import type { LocalFunction } from './list-functions.ts';

/** Whether a function did with a sample event what it should. */
export interface Check {
  /** `users/create-user`: the folder and the event's file. */
  readonly name: string;
  readonly ok: boolean;
  /** What it answered, where that is not well. */
  readonly problem?: string;
}

/** What is made before what reads it, what deletes it last. */
const order = ['POST', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'];
const patienceMs = 30_000;

/**
 * Sends every sample event in functions/<name>/events: one of the API as the HTTP request that it describes, any other
 * as an invocation. An id in a path is that of what the samples made before, so that all of them are to succeed.
 */
export async function runSamples(
  { root, ...connection }: Connection,
  functions: readonly LocalFunction[],
  outputs: Readonly<Record<string, string>>,
): Promise<Check[]> {
  const base = apiUrl({ root, ...connection }, outputs) ?? '';
  const checks: Check[] = [];
  for (const { name, invokeUrl } of functions) {
    const made = new Map<string, string>();
    const samples = readSamples(join(root, 'functions', name, 'events'));
    for (const sample of samples) {
      const problem =
        sample.event['httpMethod'] === undefined
          ? await invoke(invokeUrl, sample.event)
          : await request(base, sample.event, made);
      checks.push({
        name: `${name}/${sample.name}`,
        ok: problem === undefined,
        ...(problem === undefined ? {} : { problem }),
      });
    }
  }
  return checks;
}

function readSamples(folder: string): { name: string; event: JsonObject }[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const samples = files.flatMap((file) => {
    const event = parseJson(readFileSync(join(folder, file), 'utf8'));
    return isObject(event) ? [{ name: basename(file, '.json'), event }] : [];
  });
  const rank = ({ event }: { event: JsonObject }): number => order.indexOf(stringAt(event, 'httpMethod') ?? '');
  return samples.sort((a, b) => rank(a) - rank(b));
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

/** @param made id of what was made last in a collection, by its path; a successful POST adds one */
async function request(base: string, event: JsonObject, made: Map<string, string>): Promise<string | undefined> {
  const method = stringAt(event, 'httpMethod') ?? 'GET';
  const resource = stringAt(event, 'resource') ?? '';
  const path = resource.replaceAll(
    /(.*?)\/\{[^}]+\}/g,
    (_whole, collection: string) => `${collection}/${made.get(collection) ?? 'unknown'}`,
  );
  const query = new URLSearchParams(stringsOf(event['queryStringParameters'])).toString();
  const { Host: _host, ...headers } = stringsOf(event['headers']);
  const body = stringAt(event, 'body');
  const response = await fetch(`${base}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(patienceMs),
  });
  const text = await response.text();
  if (!response.ok) return `${response.status} ${text}`;
  const id = stringAt(objectAt(parse(text), 'data'), 'id');
  if (method === 'POST' && id !== undefined) made.set(resource, id);
  return undefined;
}

function parse(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
