import { styleText } from 'node:util';
import { textOf, type Json } from '../lib/json.ts';
import type { Level, LogLine } from '../logs/log-line.ts';
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
  const time = new Date(line.at).toISOString().slice(0, -1).replace('T', ' ');
  const level = styleText(colours[line.level], line.level.padEnd(5));
  // What was printed has its stack in itself.
  const message = stack !== undefined && line.kind === 'text' ? (stack.split('\n')[0] ?? '') : line.message;
  const correlation = correlationsOf(line).map((id) => `[${id}]`);
  const parts = [styleText('dim', time), nameOf(line.functionName).padEnd(width), level, message, ...ownFields(line)];
  const head = [...parts, ...correlation.map((id) => styleText('dim', id))].join(' ');
  const below = stack?.split('\n').slice(line.kind === 'text' ? 1 : 0) ?? [];
  return [head, ...below.map((text) => `    ${text}`)].join('\n');
}

function ownFields({ kind, fields }: LogLine): string[] {
  if (kind !== 'log') return [];
  const own = Object.entries(fields).filter(([name]) => !folded.has(name));
  return own.map(([name, value]) => `${name}=${short(value)}`);
}

function short(value: Json): string {
  const text = textOf(value);
  return /\s/.test(text) ? JSON.stringify(text) : text;
}
