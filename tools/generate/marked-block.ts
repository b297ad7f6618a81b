import { Failure } from '../lib/failure.ts';

/** Two comments in a file that is otherwise written by hand, and what is between them. */
export interface Marks {
  /** From the root. */
  readonly file: string;
  /** How the first comment begins, and the whole of the second. */
  readonly begin: string;
  readonly end: string;
  /** What ends there, for whoever has to put a mark back. */
  readonly what: string;
}

/**
 * The text with other lines between its marks, as deep as the first mark; as it is where it has no marks.
 * @throws Failure where the second mark is missing
 */
export function replaceMarked(text: string, { file, begin, end, what }: Marks, block: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim().startsWith(begin));
  if (first < 0) return text;
  const last = lines.findIndex((line, at) => at > first && line.trim() === end);
  if (last < 0) throw new Failure(`${file} has no line "${end}".`, `Put it where ${what} end.`);
  const indent = (lines[first] ?? '').replace(/\S.*$/, '');
  const indented = block
    .split('\n')
    .filter(Boolean)
    .map((line) => indent + line);
  return [...lines.slice(0, first + 1), ...indented, ...lines.slice(last)].join('\n');
}
