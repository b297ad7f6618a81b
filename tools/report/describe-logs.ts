import { styleText } from 'node:util';
import { textOf, type Json } from '../lib/json.ts';
import { printable, printableLines } from '../lib/printable.ts';
import type { Level } from '../logs/log-level.ts';
import type { LogLine } from '../logs/log-line.ts';
import { correlationsOf } from '../logs/log-filter.ts';

/** What every line has, or what stands elsewhere in the line that is shown. */
const folded = new Set([
  ...['level', 'message', 'timestamp', 'service', 'stage', 'release', 'log_code', 'error'],
  ...['cold_start', 'function_arn', 'function_memory_size', 'function_name', 'function_request_id', 'function_version'],
  ...['sampling_rate', 'xray_trace_id', 'correlation_id', 'correlation_ids'],
]);

const colours: Readonly<Record<Level, Parameters<typeof styleText>[0]>> = {
  DEBUG: 'dim',
  INFO: 'cyan',
  WARN: 'yellow',
  ERROR: 'red',
};

/** How lines are shown. */
export interface LogStyle {
  /** Characters of the longest name of a function. */
  readonly width: number;
  readonly nameOf: (functionName: string) => string;
}

/**
 * A log line for people: time in UTC, function, level, message, the fields that are its own, and its correlation id; the
 * stack below it, indented. Colours are left out where stdout is no terminal.
 */
export function describeLine(line: LogLine, stack: string | undefined, { width, nameOf }: LogStyle): string {
  const time = styleText('dim', new Date(line.at).toISOString().slice(0, -1).replace('T', ' '));
  const [said = '', ...below] = describeMessage(line, stack);
  const correlation = correlationsOf(line).map((id) => styleText('dim', `[${printable(id)}]`));
  const head = [time, nameOf(line.functionName).padEnd(width), said, ...correlation].join(' ');
  return [head, ...below.map((text) => `    ${text}`)].join('\n');
}

/**
 * What a line says: level, message and the fields that are its own, and then the lines of its stack. Callers have a say in
 * what functions log, so nothing of it reaches the terminal that it would obey.
 * @param without fields to leave out
 */
export function describeMessage(line: LogLine, stack: string | undefined, without: readonly string[] = []): string[] {
  const level = styleText(colours[line.level], line.level.padEnd(5));
  const lines = stack === undefined ? [] : printableLines(stack);
  // What was printed is its stack.
  if (line.kind === 'text' && stack !== undefined) return [`${level} ${lines[0] ?? ''}`, ...lines.slice(1)];
  return [[level, printable(line.message), ...ownFields(line, without)].join(' '), ...lines];
}

function ownFields({ kind, fields }: LogLine, without: readonly string[]): string[] {
  if (kind !== 'log') return [];
  const own = Object.entries(fields).filter(([name]) => !folded.has(name) && !without.includes(name));
  return own.map(([name, value]) => printable(`${name}=${short(value)}`));
}

function short(value: Json): string {
  const text = textOf(value);
  return /\s/.test(text) ? JSON.stringify(text) : text;
}
