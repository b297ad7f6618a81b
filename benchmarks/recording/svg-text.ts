import type { Span } from './lay-out.ts';
import { cell } from './looks.ts';

/** As wide as its characters are to be in whatever font, so that the cursor stands behind the last one. */
export function textRow(spans: readonly Span[], y: number, x = 0): string {
  const length = spans.reduce((sum, { text }) => sum + Array.from(text).length, 0);
  if (length === 0) return '';
  const inside = spans.map(({ look, text }) =>
    look === '' ? escape(text) : `<tspan class="${look}">${escape(text)}</tspan>`,
  );
  const place = `x="${x}" y="${round(y + 0.75 * cell.height)}" textLength="${round(length * cell.width)}"`;
  return `<text ${place}>${inside.join('')}</text>\n`;
}

/** Two digits are enough for a place in a picture. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** For elements and attributes. XML cannot tell of control characters, which are left out. */
export function escape(text: string): string {
  return text.replace(/\p{Cc}/gu, '').replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
