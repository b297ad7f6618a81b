import { levels } from '../../../logs/log-level.ts';
import type { Line } from '../../api.ts';

/** The page's memory stays flat: older lines are in `aviary logs`. */
export const mostLines = 5_000;

export interface KeptLine {
  readonly id: number;
  readonly line: Line;
  /** All that can be searched, in lower case. */
  readonly text: string;
}

export interface LineFilter {
  readonly text: string;
  /** A function's name, or '' for all. */
  readonly function: string;
  /** The least urgent level. */
  readonly level: string;
}

/** The newest lines, oldest first: those before and those that came. */
export function keepLines(before: readonly KeptLine[], lines: readonly Line[]): readonly KeptLine[] {
  const from = (before.at(-1)?.id ?? 0) + 1;
  const fresh = lines.map((line, at) => ({ id: from + at, line, text: searched(line) }));
  return [...before, ...fresh].slice(-mostLines);
}

/** Whether a line is wanted. */
export function isWanted({ line, text }: KeptLine, filter: LineFilter): boolean {
  if (filter.function !== '' && line.function !== filter.function) return false;
  if (rank(line.level) < rank(filter.level)) return false;
  return text.includes(filter.text.trim().toLowerCase());
}

const rank = (level: string): number => levels.findIndex((it) => it === level);

const searched = ({ message, function: name, level, requestId, correlations, fields }: Line): string =>
  [level, name, message, requestId ?? '', ...correlations, JSON.stringify(fields)].join(' ').toLowerCase();
