import { parseJson, stringAt, type Json } from '../lib/json.ts';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import { callsIn, type Call } from './calls-in.ts';
import type { Invocation } from './invocation.ts';

/** Traces in one call. (AWS X-Ray API, BatchGetTraces.) */
const atATime = 5;

/**
 * Reads which calls invocations made, of those that X-Ray has sampled, by their request ids. The local cloud has no X-Ray, so
 * that there are none of it.
 */
export async function readCalls(
  connection: Connection,
  invocations: readonly Invocation[],
): Promise<ReadonlyMap<string, readonly Call[]>> {
  if (connection.endpoint !== undefined) return new Map();
  const documents = await asking(connection, readDocuments(connection, traceIdsOf(invocations)));
  return new Map(invocations.map((it) => [it.requestId, callsOf(it, documents)] as const));
}

const traceIdsOf = (invocations: readonly Invocation[]): string[] => [
  ...new Set(invocations.flatMap(({ traceId }) => traceId ?? [])),
];

async function readDocuments(connection: Connection, ids: string[]): Promise<Json[]> {
  const { BatchGetTracesCommand, XRayClient } = await import('@aws-sdk/client-xray');
  const client = new XRayClient(clientConfig(connection));
  const documents: Json[] = [];
  for (let at = 0; at < ids.length; at += atATime) {
    const { Traces = [] } = await client.send(new BatchGetTracesCommand({ TraceIds: ids.slice(at, at + atATime) }));
    for (const { Segments = [] } of Traces) {
      documents.push(...Segments.flatMap(({ Document }) => (Document === undefined ? [] : [parseJson(Document)])));
    }
  }
  return documents;
}

/** A trace may have several invocations of a function: a call is of the one that ran when it began. */
export function callsOf({ functionName, from, duration }: Invocation, documents: readonly Json[]): Call[] {
  const own = documents.filter((document) => stringAt(document, 'name') === functionName);
  const end = duration === undefined ? Infinity : from + duration;
  return own.flatMap(callsIn).filter((call) => call.from >= from - 1 && call.from <= end + 1);
}
