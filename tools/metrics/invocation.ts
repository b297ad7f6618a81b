import type { LogEvent } from '../logs/read-log-events.ts';
import { parseReport } from '../logs/report-lines.ts';
import type { Datapoint } from './datapoint.ts';

/** What Lambda's own lines say of one invocation. */
export interface Invocation {
  /** Such as `aviary-users-local`. */
  readonly functionName: string;
  /** A number, or `$LATEST`. */
  readonly version: string;
  /** When it began, in milliseconds since 1970: Lambda's metrics carry that time. */
  readonly at: number;
  /** Milliseconds. */
  readonly duration: number;
  /** Whether Lambda counts an error: the handler threw, or did not end in time. */
  readonly failed: boolean;
}

const start = /^START RequestId: \S+ Version: (\S+)/;

/**
 * The invocations among what functions have logged in the local cloud, which gives each a log stream of its own and stamps
 * all of its lines when it ends. What was thrown is the last line before END, as plain text, while a function's own lines are
 * JSON.
 */
export function findInvocations(events: readonly LogEvent[]): Invocation[] {
  return [...Map.groupBy(events, ({ functionName, stream }) => `${functionName} ${stream}`).values()].flatMap(
    (lines) => {
      const messages = lines.map(({ message }) => message);
      const version = messages.map((line) => start.exec(line)?.[1]).find(Boolean);
      const last = lines.at(-1);
      const duration = last && parseReport(last.functionName, last.message)?.ms;
      if (last === undefined || version === undefined || duration === undefined) return [];
      const before = messages[messages.findLastIndex((line) => line.startsWith('END RequestId:')) - 1] ?? '';
      const failed = !before.startsWith('{') && !start.test(before);
      return [{ functionName: last.functionName, version, at: last.at - duration, duration, failed }];
    },
  );
}

/**
 * The datapoints that Lambda records of an invocation: by function, by function and alias, and by alias and the version
 * that it chose. An invocation of `$LATEST` has no alias; each of a version is taken for one of `live`, which is how
 * callers have it. (Lambda Developer Guide, "Types of metrics for Lambda functions", dimensions.)
 */
export function lambdaDatapoints({
  functionName: FunctionName,
  version,
  at,
  duration,
  failed,
}: Invocation): Datapoint[] {
  const values = [
    { name: 'Invocations', value: 1, unit: 'Count' },
    { name: 'Errors', value: failed ? 1 : 0, unit: 'Count' },
    { name: 'Duration', value: duration, unit: 'Milliseconds' },
  ];
  return dimensionsOf(FunctionName, version).flatMap((dimensions) =>
    values.map((value) => ({ namespace: 'AWS/Lambda', dimensions, at, ...value })),
  );
}

/** The sets of dimensions that a metric of Lambda comes with. */
export function dimensionsOf(FunctionName: string, version: string): Record<string, string>[] {
  if (version === '$LATEST') return [{ FunctionName }];
  const Resource = `${FunctionName}:live`;
  return [{ FunctionName }, { FunctionName, Resource }, { FunctionName, Resource, ExecutedVersion: version }];
}
