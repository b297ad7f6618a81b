import { findNamed } from '../config/find-named.ts';
import type { Json } from '../lib/json.ts';
import { functionsOf, namesOf, readRunning } from '../logs/stage-functions.ts';
import { sendEvent } from '../samples/invocation.ts';
import type { Connection } from '../stack/connection.ts';
import type { Invocation } from './api.ts';
import { lineView } from './line-view.ts';

/** Invokes a function behind its alias. @throws Failure for one that is not there */
export async function invoke(connection: Connection, name: string, event: Json): Promise<Invocation> {
  const record = await readRunning(connection);
  const functions = functionsOf(record);
  const { functionName } = findNamed('function', name, functions);
  const { lines, stackOf, ...sent } = await sendEvent(connection, record, functionName, event);
  const view = lineView(namesOf(functions));
  return { ...sent, lines: lines.map((line) => view(line, stackOf(line))) };
}
