import type { LambdaClient } from '@aws-sdk/client-lambda';
import { Failure } from '../lib/failure.ts';
import { isObject, parseJson, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { parseReport, readReports } from '../logs/report-lines.ts';
import { asking, type Connection } from '../stack/connection.ts';

/** One invocation, as Lambda has reported it. */
export interface Invoked {
  readonly ms: number;
  readonly billedMs: number;
  /** The most memory that was used so far, in MB; 0 where it is not said. */
  readonly usedMb: number;
}

interface VersionRuns {
  readonly functionName: string;
  readonly version: string;
  readonly memoryMb: number;
  readonly event: JsonObject;
  readonly runs: number;
  readonly signal: AbortSignal;
}

/**
 * Invokes a version, one invocation after the other. The first is a cold start and is not in the result.
 * @throws Failure for an event that the function fails on or refuses: its figures would be those of a failure
 */
export async function invokeVersion(
  connection: Connection,
  client: LambdaClient,
  { functionName, version, memoryMb, event, runs, signal }: VersionRuns,
): Promise<Invoked[]> {
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  const started = Date.now();
  const reports: Invoked[] = [];
  for (let run = 0; run <= runs; run += 1) {
    signal.throwIfAborted();
    const command = new InvokeCommand({
      FunctionName: functionName,
      Qualifier: version,
      Payload: Buffer.from(JSON.stringify(event)),
      LogType: 'Tail',
    });
    const { FunctionError, Payload, LogResult = '' } = await asking(connection, client.send(command));
    const answer = parseJson(Payload?.transformToString() ?? 'null');
    const problem = FunctionError === undefined ? refusal(answer) : (stringAt(answer, 'errorMessage') ?? FunctionError);
    if (problem !== undefined)
      throw new Failure(
        `${functionName} failed on the event with ${memoryMb} MB: ${problem}.`,
        'Name another: --event.',
      );
    const report = parseReport(functionName, Buffer.from(LogResult, 'base64').toString());
    if (report !== undefined) reports.push(report);
  }
  // The local cloud has no REPORT line in its answer, only in the log.
  const found = reports.length > 0 ? reports : await readReports(connection, [functionName], started);
  const own = found.filter((report) => !('memoryMb' in report) || report.memoryMb === memoryMb);
  return own.slice(1).map(({ ms, billedMs, usedMb }) => ({ ms, billedMs, usedMb }));
}

function refusal(answer: Json): string | undefined {
  const status = isObject(answer) ? answer['statusCode'] : undefined;
  return typeof status === 'number' && status >= 400 ? `it answered with ${status}` : undefined;
}
