import Anser from 'anser';
import type { Moment } from './moments.ts';

/** Text of one look: `prompt`, `typed`, or what the ANSI codes say, as `green` or `yellow bold`. */
export interface Span {
  readonly look: string;
  text: string;
}

/** Where the cursor went, and when, in milliseconds. */
export interface Position {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

/** Everything that a terminal has shown, as if it had room for all rows, and the way of its cursor. */
export interface Layout {
  readonly rows: readonly (readonly Span[])[];
  readonly positions: readonly Position[];
}

/** Puts what one terminal showed into rows of so many columns; what is longer goes on in the next row. */
export function layOut(moments: readonly Moment[], columns: number): Layout {
  let row: Span[] = [];
  let column = 0;
  const rows = [row];
  const positions: Position[] = [];
  const breakLine = (): void => {
    row = [];
    column = 0;
    rows.push(row);
  };
  const put = (character: string, look: string): void => {
    if (column === columns) breakLine();
    const last = row.at(-1);
    if (last?.look === look) last.text += character;
    else row.push({ look, text: character });
    column += 1;
  };
  for (const moment of moments) {
    for (const { look, text } of spansOf(moment)) {
      for (const character of text) {
        if (character === '\n') breakLine();
        else put(character, look);
      }
    }
    positions.push({ at: moment.at, row: rows.length - 1, column });
  }
  return { rows, positions };
}

function spansOf({ kind, text }: Moment): readonly Span[] {
  if (kind !== 'output') return [{ look: kind, text }];
  const entries = Anser.ansiToJson(text, { use_classes: true, remove_empty: true });
  return entries.map(({ content, fg, decorations }) => ({
    look: [fg ? fg.replace('ansi-', '') : '', ...decorations].join(' ').trim(),
    text: content,
  }));
}
