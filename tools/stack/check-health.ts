import { isObject, objectAt, parseJson, stringAt } from '../lib/json.ts';
import type { Connection } from './connection.ts';

export interface HealthCheck {
  readonly ok: boolean;
  readonly url: string;
  /** The release that answered, where it says one. */
  readonly release: string | undefined;
  /** Why it is not well. */
  readonly problem: string | undefined;
}

const attempts = 5;

/** The address of the API, which for the local cloud is not the one in the stack's outputs. */
export function apiUrl({ endpoint, stage }: Connection, outputs: Readonly<Record<string, string>>): string | undefined {
  const { ApiUrl: url, ApiId: id } = outputs;
  if (endpoint === undefined) return url;
  // A name such as <id>.execute-api.localhost would not resolve in every program.
  return id === undefined ? undefined : `${endpoint}/_aws/execute-api/${id}/${stage.name}`;
}

/** `GET /health`, tried a few times; undefined for a stack that has no API. */
export async function checkHealth(
  connection: Connection,
  outputs: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<HealthCheck | undefined> {
  const base = apiUrl(connection, outputs);
  if (base === undefined) return undefined;
  const url = `${base}/health`;
  let problem = 'no answer';
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      const limit = AbortSignal.timeout(10_000);
      const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, limit]) : limit });
      const body = parseJson(await response.text());
      if (response.ok && isObject(body)) {
        return { ok: true, url, release: stringAt(objectAt(body, 'data'), 'release'), problem: undefined };
      }
      problem = `status ${response.status}`;
    } catch (error) {
      signal?.throwIfAborted();
      problem = error instanceof Error ? error.message : String(error);
    }
    // API Gateway may need a moment to route to a deployment that was just made.
    if (attempt < attempts) await new Promise((resolve) => setTimeout(resolve, 300 * attempt));
  }
  return { ok: false, url, release: undefined, problem };
}
