import { findNamed } from '../config/find-named.ts';
import type { Json } from '../lib/json.ts';
import { isWanted } from '../logs/log-filter.ts';
import { readStacks } from '../logs/read-stacks.ts';
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
  const {
    answer,
    functionError = null,
    ms,
    correlation = null,
    lines,
  } = await sendEvent(connection, functionName, event);
  const shown = lines.filter((line) => isWanted(line, {}));
  const stackOf = await readStacks(connection, record, shown);
  const view = lineView(namesOf(functions));
  return { answer, functionError, ms, correlation, lines: shown.map((line) => view(line, stackOf(line))) };
}
