import { correlationsOf } from './log-filter.ts';
import type { LogLine } from './log-line.ts';

/** A log line as data: the time in ISO 8601, and all the fields that it was logged with. */
export function lineData(line: LogLine, stack: string | undefined, nameOf: (functionName: string) => string): object {
  const { functionName, at, level, message, requestId, release, fields } = line;
  const time = new Date(at).toISOString();
  const correlations = correlationsOf(line);
  return { time, function: nameOf(functionName), level, message, requestId, release, correlations, fields, stack };
}
