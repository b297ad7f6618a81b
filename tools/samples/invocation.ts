import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '../lib/json.ts';
import { correlationsOf, isWanted } from '../logs/log-filter.ts';
import { lineReader } from '../logs/line-reader.ts';
import type { LogLine } from '../logs/log-line.ts';
import { readLogEvents } from '../logs/read-log-events.ts';
import { readStacks, type StackOf } from '../logs/read-stacks.ts';
import type { StackRecord } from '../plan/record.ts';
import { lambdaClient, type Connection } from '../stack/connection.ts';
import { invokeLive } from '../stack/invoke-function.ts';

/** What came of an invocation. */
export interface SentInvocation {
  readonly answer: Json;
  /** Null where the function has succeeded. */
  readonly functionError: string | null;
  /** Milliseconds from here to the answer. */
  readonly ms: number;
  /** What it has logged, without Lambda's own lines, as far as it was there when patience ended. */
  readonly lines: readonly LogLine[];
  readonly stackOf: StackOf;
  /** By which `aviary trace` finds what it has led to; null where no line says it. */
  readonly correlation: string | null;
}

/** CloudWatch has lines some seconds after they were written; the local cloud has them at once. */
const patienceMs = 10_000;
/** The clocks of this machine and of AWS may differ by so much; the local cloud has this machine's. */
const skewMs = 60_000;

/** Invokes `live` of a function, by its name in Lambda, and reads what it has logged. */
export async function sendEvent(
  connection: Connection,
  record: StackRecord,
  functionName: string,
  event: Json,
): Promise<SentInvocation> {
  const client = await lambdaClient(connection);
  const isLocal = connection.endpoint !== undefined;
  const [from, started] = [Date.now() - (isLocal ? 0 : skewMs), performance.now()];
  const { answer, functionError = null, requestId } = await invokeLive(connection, client, functionName, event);
  const ms = Math.round(performance.now() - started);
  // The local cloud does not say which invocation it was: it is the one that has ended last since then.
  const all = await readLines(connection, functionName, isLocal ? undefined : requestId, from);
  const lines = all.filter((line) => isWanted(line, {}));
  const stackOf = await readStacks(connection, record, lines);
  return { answer, functionError, ms, lines, stackOf, correlation: all.flatMap(correlationsOf)[0] ?? null };
}

async function readLines(
  connection: Connection,
  functionName: string,
  requestId: string | undefined,
  from: number,
): Promise<readonly LogLine[]> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const all = lineReader()(await readLogEvents(connection, [functionName], { from }));
    const reports = all.filter(({ raw }) => raw.startsWith('REPORT '));
    const report = reports.findLast((line) => requestId === undefined || line.requestId === requestId);
    if (report || performance.now() > until) {
      return all.filter((line) => line.requestId === (report?.requestId ?? requestId));
    }
    await sleep(250);
  }
}
