import { axisTicks, shown } from './axis.ts';

/** One line of a chart. */
export interface Line {
  readonly label: string;
  /** In the order of time; `at` in milliseconds since 1970. */
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

export interface LineChart {
  readonly title: string;
  /** What the numbers are. */
  readonly unit: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds between two points; with a longer way between them no line joins two. */
  readonly step: number;
  readonly lines: readonly Line[];
}

const width = 360;
const height = 170;
const left = 44;
const right = 8;
const top = 10;
const bottom = 22;

/**
 * Draws values over time as SVG, without a browser and without a script. By hand, as it is a path and two axes: the
 * libraries that are looked after draw on a canvas (uPlot, Chart.js), want a DOM (Observable Plot), or bring megabytes (Vega).
 * Colours and dashes are classes of `chartStyle`; the legend says in words what the lines do.
 */
export function lineChart({ title, unit, from, to, step, lines }: LineChart): string {
  const highest = Math.max(0, ...lines.flatMap(({ points }) => points.map(({ value }) => value)));
  const ticks = axisTicks(highest);
  const span = to - from || 1;
  const x = (at: number): number => round(left + ((at - from) / span) * (width - left - right));
  const y = (value: number): number => round(height - bottom - (value / (ticks.at(-1) ?? 1)) * (height - top - bottom));
  const grid = ticks.map(
    (tick) =>
      `<path class="grid" d="M${left} ${y(tick)}H${width - right}"/><text class="tick" x="${left - 6}" y="${y(tick) + 4}" text-anchor="end">${escape(shown(tick))}</text>`,
  );
  const times = [0, 0.5, 1].map((part, at) => {
    const anchor = ['start', 'middle', 'end'][at] ?? 'middle';
    const moment = from + span * part;
    return `<text class="tick" x="${x(moment)}" y="${height - 5}" text-anchor="${anchor}">${clock(moment)}</text>`;
  });
  const drawn = lines.flatMap(({ points }, at) => [
    `<path class="line ${classOf(at)}" d="${pathOf(points, step, x, y)}"/>`,
    ...points.map((point) => `<circle class="dot ${classOf(at)}" cx="${x(point.at)}" cy="${y(point.value)}" r="1.8"/>`),
  ]);
  const name = escape(`${title}, in ${unit}`);
  return `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${name}">${[...grid, ...times, ...drawn].join('')}</svg>`;
}

/** Eight colours; after these the same ones in dashes. */
export const classOf = (at: number): string => `c${at % 8}${at >= 8 ? ' dashed' : ''}`;

/** Each colour has a contrast of 3 to 1 and more to its background (WCAG 2.2, 1.4.11). */
export const chartStyle = `
.chart { display: block; width: 100%; height: auto; }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .tick { fill: var(--quiet); font: 11px system-ui, sans-serif; }
.chart .line { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
.chart .line.dashed { stroke-dasharray: 5 3; }
.chart .dot { fill: currentColor; stroke: none; }
.c0 { color: light-dark(#0b5fb0, #6db3ff); } .c1 { color: light-dark(#b3400e, #ff9a62); }
.c2 { color: light-dark(#1a7a3c, #6fd08c); } .c3 { color: light-dark(#8a2f9c, #d99be8); }
.c4 { color: light-dark(#7a5c00, #e0bd4f); } .c5 { color: light-dark(#00727a, #5fd0d8); }
.c6 { color: light-dark(#a3195b, #ff8fc0); } .c7 { color: light-dark(#555555, #c2c2c2); }
`;

/** Text as it may stand in HTML, also in an attribute. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function pathOf(points: Line['points'], step: number, x: (at: number) => number, y: (value: number) => number): string {
  return points
    .map(({ at, value }, index) => {
      const before = points[index - 1];
      const joins = before !== undefined && at - before.at <= step;
      return `${joins ? 'L' : 'M'}${x(at)} ${y(value)}`;
    })
    .join('');
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** `14:05` in UTC, as the console and the logs have it. */
const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);
