import { layOut } from './lay-out.ts';
import { cell, looks } from './looks.ts';
import type { Moment } from './moments.ts';
import { motion } from './motion.ts';
import { escape, round, textRow } from './svg-text.ts';

export interface Picture {
  readonly title: string;
  /** What is seen, for who cannot see it. */
  readonly description: string;
  readonly columns: number;
  /** From the top: what stands above each, and how many rows of it are shown. */
  readonly terminals: readonly { readonly title: string; readonly rows: number }[];
  /** Below all terminals. */
  readonly footnotes: readonly string[];
  /** After how long it starts again, in milliseconds. */
  readonly durationMs: number;
  /** From 0 on, in the order of time. */
  readonly moments: readonly Moment[];
}

interface Drawn {
  readonly style: string;
  readonly body: string;
}

const margin = 12;
const barHeight = 1.25 * cell.height;
const gap = 0.25 * cell.height;

/**
 * Draws a recording as one SVG that plays by CSS, without a script, so that it plays in an `<img>` too; who asks for less
 * motion sees how it ends. All rows of a terminal are there from the start: its cursor goes over them in steps and hides what
 * is right of it and below it, which takes two animations however many rows there are.
 */
export function renderSvg(picture: Picture): string {
  const { title, description, columns, terminals, footnotes } = picture;
  const width = round(columns * cell.width + 2 * margin);
  let top = 0;
  const drawn = terminals.map(({ rows }, at) => {
    const terminal = drawTerminal(picture, at, top);
    top += barHeight + gap + rows * cell.height;
    return terminal;
  });
  const notes = footnotes.map((text, at) => textRow([{ look: 'title', text }], top + gap + at * cell.height, margin));
  const height = round(top + 2 * gap + footnotes.length * cell.height);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escape(title)}</title>`,
    `<desc id="d">${escape(description)}</desc>`,
    `<style>${[looks, ...drawn.map(({ style }) => style)].join('\n')}`,
    '@media (prefers-reduced-motion:reduce){g{animation:none!important}}</style>',
    `<rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    ...drawn.map(({ body }) => body),
    ...notes,
    '</svg>\n',
  ].join('\n');
}

function drawTerminal({ columns, terminals, durationMs, moments }: Picture, at: number, top: number): Drawn {
  const { title, rows: shown } = terminals[at] ?? { title: '', rows: 0 };
  const { rows, positions } = layOut(
    moments.filter(({ terminal }) => terminal === at),
    columns,
  );
  const width = round(columns * cell.width);
  return {
    style: motion(at, positions, shown, durationMs),
    body: [
      `<rect class="bar" y="${round(top)}" width="${round(width + 2 * margin)}" height="${barHeight}"/>`,
      textRow([{ look: 'title', text: title }], top + 0.1 * cell.height, margin),
      `<svg x="${margin}" y="${round(top + barHeight + gap)}" width="${width}" height="${shown * cell.height}">`,
      `<g class="scroll${at}">${rows.map((row, line) => textRow(row, line * cell.height)).join('')}`,
      `<g class="cursor${at}">${cursor(width, rows.length * cell.height)}</g></g></svg>`,
    ].join('\n'),
  };
}

/** Hides what has not been shown yet: the rest of its own row, and every row below. */
function cursor(width: number, height: number): string {
  return (
    `<rect class="ground" width="${width}" height="${cell.height}"/>` +
    `<rect class="ground" x="-${width}" y="${cell.height}" width="${2 * width}" height="${height}"/>` +
    `<rect class="block" width="${cell.width}" height="${cell.height}"/>`
  );
}
