import { styleText } from 'node:util';
import { lineData } from '../logs/line-data.ts';
import type { LogLine } from '../logs/log-line.ts';
import { describeMessage } from './describe-logs.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import type { Call } from '../trace/calls-in.ts';
import type { Branch } from '../trace/tree.ts';

/** The fields that the tree itself shows. */
const drawn = ['record_id', 'event_id', 'event_ids', 'told_event_id'];

/** What a tree is drawn with. */
export interface TraceStyle {
  readonly nameOf: (functionName: string) => string;
  /** The calls that X-Ray has of an invocation. */
  readonly callsOf: (requestId: string) => readonly Call[];
  /** The stack of a line, where it has one. */
  readonly stackOf: (line: LogLine) => string | undefined;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/**
 * The tree of a request for people: each invocation with when it began, how long it took, its release and whether it was
 * cold; what it has logged below it.
 */
export function describeTrace(correlation: string, roots: readonly Branch[], style: TraceStyle): string {
  const all = roots.flatMap(withChildren);
  const start = Math.min(...all.map(({ from }) => from));
  const end = Math.max(...all.map(({ from, duration = 0 }) => from + duration));
  const functions = new Set(all.map(({ functionName }) => functionName)).size;
  const failed = all.filter((it) => it.failed).length;
  const head = [
    `${correlation}: ${counted(all.length, 'invocation')} of ${counted(functions, 'function')} in ${milliseconds(end - start)}`,
    ...(failed > 0 ? [styleText('red', `${failed} failed`)] : []),
  ].join(', ');
  return [
    head,
    `from ${new Date(start).toISOString()}`,
    '',
    ...roots.flatMap((it) => draw(it, start, '', style)),
    '',
  ].join('\n');
}

const withChildren = (branch: Branch): Branch[] => [branch, ...branch.children.flatMap(withChildren)];

const milliseconds = (value: number): string => `${Math.round(value)} ms`;

function draw(branch: Branch, start: number, indent: string, style: TraceStyle): string[] {
  const { functionName, release, from, duration, coldStart, failed, lines, children } = branch;
  const name = style.nameOf(functionName);
  const facts = [
    duration === undefined ? 'no end yet' : milliseconds(duration),
    ...(coldStart === undefined ? [] : [`cold, ${milliseconds(coldStart)} to start`]),
    `release ${release?.slice(0, shortRelease) ?? 'unknown'}`,
    ...(failed ? [styleText('red', 'FAILED')] : []),
  ];
  const offset = styleText('dim', `+${milliseconds(from - start)}`.padStart(10));
  const head = `${offset}  ${indent === '' ? '' : `${indent.slice(0, -3)}└─ `}${styleText('bold', name)}  ${facts.join(', ')}`;
  const below = `${' '.repeat(12)}${indent}   `;
  const said = lines.flatMap((line) => describeMessage(line, style.stackOf(line), drawn));
  const called = style.callsOf(branch.requestId).map((call) => describeCall(call, start));
  return [
    head,
    ...[...called, ...said].map((text) => `${below}${text}`),
    ...children.flatMap((it) => draw(it, start, `${indent}   `, style)),
  ];
}

function describeCall({ name, from, duration, failed }: Call, start: number): string {
  const took = duration === undefined ? 'no end yet' : milliseconds(duration);
  return `→ ${name}  +${milliseconds(from - start)}, ${took}${failed ? `, ${styleText('red', 'FAILED')}` : ''}`;
}

/** The tree of a request as data. */
export function traceData(branch: Branch, style: TraceStyle): object {
  const { functionName, requestId, release, from, duration, coldStart, failed, traceId, lines, children } = branch;
  return {
    function: style.nameOf(functionName),
    requestId,
    release,
    from: new Date(from).toISOString(),
    duration,
    coldStart,
    failed,
    traceId,
    calls: style.callsOf(requestId),
    lines: lines.map((line) => lineData(line, style.stackOf(line), style.nameOf)),
    children: children.map((it) => traceData(it, style)),
  };
}
