import { parseReport } from '../logs/report-lines.ts';
import { isList, type Json } from '../lib/json.ts';
import { correlationsOf } from '../logs/log-filter.ts';
import type { LogLine } from '../logs/log-line.ts';

/** One invocation on the way of a request, as its log has it. */
export interface Invocation {
  readonly functionName: string;
  readonly requestId: string;
  readonly release: string | undefined;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Milliseconds, as Lambda reports them; undefined while it runs, or where its report cannot be read yet. */
  readonly duration: number | undefined;
  /** Milliseconds that its environment took to start; undefined for a warm one. */
  readonly coldStart: number | undefined;
  readonly failed: boolean;
  /** The trace of X-Ray; undefined where it is not traced. */
  readonly traceId: string | undefined;
  /** What it has logged of the request, in the order of time. */
  readonly lines: readonly LogLine[];
  /** The events that it was given, and those that it told others of, by their ids. */
  readonly given: ReadonlySet<string>;
  readonly told: ReadonlySet<string>;
}

/** A part of the REPORT line, of the first invocation of an environment alone. */
const initialisation = /\tInit Duration: ([\d.]+) ms/;

/** The invocations that have a line about a correlation id, in the order in which they began. */
export function invocationsOf(lines: readonly LogLine[], correlation: string): Invocation[] {
  const byRequest = Map.groupBy(lines, ({ functionName, requestId }) => `${functionName} ${requestId ?? ''}`);
  const found = [...byRequest.values()].flatMap((own) => invocationOf(own, correlation) ?? []);
  return found.sort((one, other) => one.from - other.from);
}

function invocationOf(lines: readonly LogLine[], correlation: string): Invocation | undefined {
  const about = lines.filter((line) => correlationsOf(line).includes(correlation));
  const [first] = about;
  if (first?.requestId === undefined) return undefined;
  const [end] = lines.flatMap(({ functionName, at, raw }) => {
    const report = parseReport(functionName, raw);
    return report ? [{ at, raw, ...report }] : [];
  });
  // What else is printed, as warnings of Node.js, is not about the request.
  const printed = lines.filter(({ kind, level }) => kind === 'text' && level === 'ERROR');
  const own = [...about, ...printed].sort((one, other) => one.at - other.at);
  return {
    functionName: first.functionName,
    requestId: first.requestId,
    release: first.release,
    // The report is written at the end.
    from: end === undefined ? first.at : Math.min(first.at, end.at - end.ms),
    duration: end?.ms,
    coldStart: end && numberIn(initialisation, end.raw),
    failed: own.some(({ level }) => level === 'ERROR'),
    traceId: textAt(about, 'xray_trace_id'),
    lines: own,
    given: idsIn(about, 'event_id', 'event_ids'),
    told: idsIn(about, 'told_event_id'),
  };
}

function numberIn(pattern: RegExp, text: string): number | undefined {
  const [, number] = pattern.exec(text) ?? [];
  return number === undefined ? undefined : Number(number);
}

function textAt(lines: readonly LogLine[], field: string): string | undefined {
  return lines.map(({ fields }) => fields[field]).find((value) => typeof value === 'string');
}

function idsIn(lines: readonly LogLine[], ...names: readonly string[]): Set<string> {
  const values = lines.flatMap(({ fields }) => names.flatMap((name): readonly Json[] => listOf(fields[name] ?? null)));
  return new Set(values.filter((value) => typeof value === 'string'));
}

const listOf = (value: Json): readonly Json[] => (isList(value) ? value : [value]);
