import { isList } from '../lib/json.ts';
import { isAsUrgent, levels, type Level } from './log-level.ts';
import type { LogLine } from './log-line.ts';

/** Which lines are wanted, of those in the time that was asked for. */
export interface LogFilter {
  readonly correlation?: string | undefined;
  /** This level, and those that are more urgent. */
  readonly level?: Level | undefined;
  /** A text that the line has, in any case. */
  readonly grep?: string | undefined;
  /** With metrics and with what Lambda itself writes. */
  readonly raw?: boolean | undefined;
}

/** The correlation ids of a line: of one about a batch, its invocation's own and those of all its records. */
export function correlationsOf({ fields }: LogLine): string[] {
  const { correlation_id: one, correlation_ids: several } = fields;
  return [one, ...(isList(several) ? several : [])].filter((id) => typeof id === 'string');
}

/** Whether a line is wanted. */
export function isWanted(line: LogLine, { correlation, level, grep, raw = false }: LogFilter): boolean {
  if (!raw && (line.kind === 'metrics' || line.kind === 'platform')) return false;
  if (correlation !== undefined && !correlationsOf(line).includes(correlation)) return false;
  if (level !== undefined && !isAsUrgent(line.level, level)) return false;
  return grep === undefined || line.raw.toLowerCase().includes(grep.toLowerCase());
}

/**
 * A filter pattern by which CloudWatch leaves out most of what is not wanted; it may give more than {@link isWanted} takes,
 * and never less. Undefined where it has no such pattern. (Amazon CloudWatch Logs, "Filter pattern syntax": terms are told
 * by case, and `?` before each means any of them.)
 */
export function patternOf({ correlation, level }: LogFilter): string | undefined {
  // As a term: it stands in `correlation_id`, or in a list.
  if (correlation !== undefined) return `"${correlation}"`;
  if (level === undefined || !isAsUrgent(level, 'WARN')) return undefined;
  const wanted = levels.filter((it) => isAsUrgent(it, level));
  // What Lambda writes of an invocation that failed or timed out is text.
  return [...wanted, 'Error', 'timed out', ...(level === 'WARN' ? ['Warning'] : [])]
    .map((term) => `?"${term}"`)
    .join(' ');
}
