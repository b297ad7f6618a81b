import { correlationsOf } from '../logs/log-filter.ts';
import type { LogLine } from '../logs/log-line.ts';
import type { Line } from './api.ts';

/** Makes what shows a log line to the page. */
export function lineView(nameOf: (functionName: string) => string): (line: LogLine, stack: string | undefined) => Line {
  return (line, stack) => ({
    time: new Date(line.at).toISOString(),
    function: nameOf(line.functionName),
    kind: line.kind,
    level: line.level,
    message: line.message,
    requestId: line.requestId ?? null,
    release: line.release ?? null,
    correlations: correlationsOf(line),
    fields: line.fields,
    stack: stack ?? null,
  });
}
