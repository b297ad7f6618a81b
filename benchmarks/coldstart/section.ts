import { paragraphs, table } from '../markdown.ts';
import type { Findings } from '../scenario.ts';
import { quartiles, summarize } from '../statistics.ts';

const builds = ['layers', 'bundled', 'raw'] as const;
type BuildName = (typeof builds)[number];
const columns = ['two layers', 'all bundled', '`node_modules`'];

/** Of what a function adds to the start of plain Node.js: the first quartile, the median and the third. */
interface Row {
  readonly name: string;
  readonly of: (build: BuildName, what: 'ms' | 'cpu' | 'MB') => readonly [first: number, median: number, third: number];
}

/** The functions, the slowest first, beside the other builds, and whether ours keeps up with them. */
export function describeColdStarts({ samples, facts }: Findings): string {
  const rows = (facts['functions'] ?? '')
    .split(' ')
    .map((name) => rowOf(name, samples))
    .sort((a, b) => median(b) - median(a));
  const half = Math.ceil(rows.length / 2);
  return paragraphs(
    `A process of Node.js that does what Lambda's does at a cold start: it loads the handler, with the function's variables as in
production, and asks the Runtime API for its first invocation. Given is what that takes above a function that does nothing and loads
nothing (${whole(summarize(samples['plain ms'] ?? []).median)} ms, of CPU ${whole(summarize(samples['plain cpu'] ?? []).median)} ms, with
${whole(summarize(samples['plain MB'] ?? []).median)} MB), in three builds that take turns, ${samples['plain ms']?.length ?? 0} plain starts
and ${samples[`${rows[0]?.name ?? ''}: layers ms`]?.length ?? 0} of each function in each build: as it is deployed, on two layers; with
everything bundled into it, from the ESM builds of the packages; and with \`node_modules\` as npm has it in place of the dependencies layer.
Medians, with the first and the third quartile.`,
    table(
      ['function', ...columns, 'two layers to the better one'],
      ...rows.map((row) => [row.name, ...builds.map((build) => spread(row, build)), difference(row)]),
    ),
    paragraphs(verdict(rows.slice(0, half), rows.slice(half))),
    `CPU time, of all threads, which other programs disturb less; with the share of a CPU that Lambda gives a memory size it takes
about as much longer (512 MB have 0.29 of one; that was not measured here). And the most resident memory until then.`,
    table(
      ['function', ...columns.map((name) => `CPU, ${name}`), ...columns.map((name) => `memory, ${name}`)],
      ...rows.map((row) => [
        row.name,
        ...builds.map((build) => `${whole(median(row, build, 'cpu'))} ms`),
        ...builds.map((build) => `${whole(median(row, build, 'MB'))} MB`),
      ]),
    ),
  );
}

function rowOf(name: string, samples: Findings['samples']): Row {
  return {
    name,
    of: (build, what) => {
      const { median: plain } = summarize(samples[`plain ${what}`] ?? []);
      const [first, middle, third] = quartiles(samples[`${name}: ${build} ${what}`] ?? []);
      return [first - plain, middle - plain, third - plain];
    },
  };
}

function median(row: Row, build: BuildName = 'layers', what: 'ms' | 'cpu' | 'MB' = 'ms'): number {
  return row.of(build, what)[1];
}

const better = (row: Row): number => Math.min(median(row, 'bundled'), median(row, 'raw'));
const share = (row: Row): number => (median(row) / better(row) - 1) * 100;
const whole = (value: number): string => value.toFixed(0);
const signed = (value: number): string => `${value < 0 ? '' : '+'}${whole(value)}`;

function spread(row: Row, build: BuildName): string {
  const [first, middle, third] = row.of(build, 'ms').map(whole);
  return `${middle ?? ''} ms (${first ?? ''} – ${third ?? ''})`;
}

function difference(row: Row): string {
  return `${signed(median(row) - better(row))} ms, ${signed(share(row))} %`;
}

/** The bounds: a tenth for the slower half of the functions, ten milliseconds for the faster one. */
function verdict(slow: readonly Row[], fast: readonly Row[]): string {
  const said = (isHeld: boolean, what: string): string => `${isHeld ? 'Held' : '**Not held**'} in this run: ${what}`;
  const [most, furthest] = [Math.max(...slow.map(share)), Math.max(...fast.map((row) => median(row) - better(row)))];
  return [
    said(
      most <= 10,
      `two layers within 10 % of the better one, for the slower half of the functions (${signed(most)} %).`,
    ),
    said(furthest <= 10, `within 10 ms of it, for the faster half (${signed(furthest)} ms).`),
  ].join(' ');
}
