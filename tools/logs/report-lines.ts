import { readLogEvents } from './read-log-events.ts';
import type { Connection } from '../stack/connection.ts';

/** What Lambda says of an invocation when it has ended. */
export interface ReportLine {
  /** As Lambda has it, such as `aviary-users-staging`. */
  readonly functionName: string;
  readonly requestId: string;
  readonly ms: number;
  readonly billedMs: number;
  readonly memoryMb: number;
  /** The most memory that its environment has used so far; 0 where it is not said. */
  readonly usedMb: number;
}

const pattern =
  /^REPORT RequestId: (\S+)\s+Duration: ([\d.]+) ms\s+Billed Duration: ([\d.]+) ms\s+Memory Size: (\d+) MB(?:\s+Max Memory Used: (\d+) MB)?/m;

/** Reads the REPORT line in a text; undefined where there is none. (AWS Lambda Developer Guide, "Log format".) */
export function parseReport(functionName: string, text: string): ReportLine | undefined {
  const [, requestId, ms, billedMs, memoryMb, usedMb = '0'] = pattern.exec(text) ?? [];
  if (requestId === undefined) return undefined;
  const numbers = { ms: Number(ms), billedMs: Number(billedMs), memoryMb: Number(memoryMb), usedMb: Number(usedMb) };
  return { functionName, requestId, ...numbers };
}

/** The REPORT lines of functions since a time, in milliseconds since 1970. @throws Failure as `readLogEvents` */
export async function readReports(
  connection: Connection,
  functionNames: readonly string[],
  from: number,
): Promise<ReportLine[]> {
  const events = await readLogEvents(connection, functionNames, { from, pattern: '"REPORT RequestId"' });
  return events.flatMap(({ functionName, message }) => parseReport(functionName, message) ?? []);
}
