import { isAsUrgent } from '../logs/log-level.ts';
import { correlationsOf, isWanted } from '../logs/log-filter.ts';
import { lineReader } from '../logs/line-reader.ts';
import type { LogLine } from '../logs/log-line.ts';
import { readLogEvents } from '../logs/read-log-events.ts';
import { readStacks, type StackOf } from '../logs/read-stacks.ts';
import { functionsOf, namesOf, readRunning } from '../logs/stage-functions.ts';
import type { Connection } from '../stack/connection.ts';
import { readTrace } from '../trace/read-trace.ts';
import { treeOf, type Branch as TraceBranch } from '../trace/tree.ts';
import type { Branch, Request } from './api.ts';
import { lineView } from './line-view.ts';

/** So many requests are listed at most. */
const most = 200;

/** The invocations that a correlation id has led to, as trees; none where it is not known. @param from milliseconds since 1970 */
export async function readBranches(connection: Connection, correlation: string, from: number): Promise<Branch[]> {
  const record = await readRunning(connection);
  const functions = functionsOf(record);
  const names = functions.map(({ functionName }) => functionName);
  const invocations = await readTrace(connection, names, correlation, from);
  const lines = invocations.flatMap((it) => it.lines);
  const stackOf = await readStacks(connection, record, lines);
  return treeOf(invocations).map((it) => branchView(it, namesOf(functions), stackOf));
}

function branchView(branch: TraceBranch, nameOf: (functionName: string) => string, stackOf: StackOf): Branch {
  const { functionName, requestId, release, from, duration, coldStart, failed, lines, children } = branch;
  const view = lineView(nameOf);
  return {
    function: nameOf(functionName),
    requestId,
    release: release ?? null,
    from: new Date(from).toISOString(),
    duration: duration ?? null,
    coldStart: coldStart ?? null,
    failed,
    lines: lines.map((line) => view(line, stackOf(line))),
    children: children.map((it) => branchView(it, nameOf, stackOf)),
  };
}

/** The requests that functions have logged of since a time, the newest first. @param from milliseconds since 1970 */
export async function readRequests(connection: Connection, from: number): Promise<Request[]> {
  const functions = functionsOf(await readRunning(connection));
  const names = functions.map(({ functionName }) => functionName);
  const lines = lineReader()(await readLogEvents(connection, names, { from })).filter((line) => isWanted(line, {}));
  const byCorrelation = new Map<string, LogLine[]>();
  for (const line of lines) {
    for (const id of correlationsOf(line)) byCorrelation.set(id, [...(byCorrelation.get(id) ?? []), line]);
  }
  const nameOf = namesOf(functions);
  const requests = [...byCorrelation].map(([correlation, own]): Request => ({
    correlation,
    from: new Date(own[0]?.at ?? 0).toISOString(),
    functions: [...new Set(own.map(({ functionName }) => nameOf(functionName)))],
    failed: own.some(({ level }) => isAsUrgent(level, 'ERROR')),
  }));
  return requests.sort((one, other) => (one.from < other.from ? 1 : -1)).slice(0, most);
}
