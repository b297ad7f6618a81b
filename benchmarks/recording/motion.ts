import type { Position } from './lay-out.ts';
import { cell } from './looks.ts';
import { round } from './svg-text.ts';

interface Place {
  /** Milliseconds. */
  readonly at: number;
  readonly x: number;
  readonly y: number;
}

/**
 * CSS of the classes `scroll<name>` and `cursor<name>`: the rows go up as soon as the cursor is below the last one that has
 * room, and the cursor goes its way, in steps, over and over. Without the animation both stand as they end.
 */
export function motion(name: number, positions: readonly Position[], rows: number, durationMs: number): string {
  const scroll = positions.map(({ at, row }) => ({ at, x: 0, y: -Math.max(0, row - rows + 1) * cell.height }));
  const cursor = positions.map(({ at, row, column }) => ({ at, x: column * cell.width, y: row * cell.height }));
  return `${animation(`scroll${name}`, scroll, durationMs)}\n${animation(`cursor${name}`, cursor, durationMs)}`;
}

function animation(name: string, places: readonly Place[], durationMs: number): string {
  const frames = new Map([['0%', moved({ x: 0, y: 0 })]]);
  for (const place of places) frames.set(`${round((place.at / durationMs) * 100)}%`, moved(place));
  const list = [...frames];
  const last = list.at(-1)?.[1] ?? '';
  const changes = list.filter(([, frame], at) => frame !== list[at - 1]?.[1]);
  return (
    `.${name}{${last};animation:${name} ${durationMs / 1_000}s step-end infinite}` +
    `@keyframes ${name}{${[...changes, ['100%', last]].map(([when, frame]) => `${when}{${frame}}`).join('')}}`
  );
}

const moved = ({ x, y }: Omit<Place, 'at'>): string => `transform:translate(${round(x)}px,${round(y)}px)`;
