import { paragraphs, table } from '../markdown.ts';
import type { Findings } from '../scenario.ts';
import { summarize, type Unit } from '../statistics.ts';
import { parts } from './sample-memory.ts';
import { trendOf } from './trend.ts';

const megabyte = 1024 * 1024;
/** Of what the second half took in the median: what may be added in an hour. A day's work adds less than half of it then. */
const flatPerHour = 0.05;

const words: Readonly<Record<(typeof parts)[number], string>> = {
  all: 'all processes',
  command: 'the command: plans, bundles, swaps',
  cloud: 'the local cloud',
  functions: "the functions' processes",
  rest: 'npm, SAM and the check of types',
};

/** Where the memory went, and what was left after Ctrl-C. */
export function describeEndurance({ samples, facts }: Findings): string {
  const rows = parts.map((part) => {
    const { first, last, perHour } = trendOf(samples[part] ?? [], Number(facts['everyMs']));
    return [words[part], mb(first), mb(last), `${mb(perHour)} an hour`];
  });
  const all = samples['all'] ?? [];
  const { perHour } = trendOf(all, Number(facts['everyMs']));
  const share = perHour / summarize(all.slice(Math.floor(all.length / 2))).median;
  const verdict = share <= flatPerHour ? 'Held' : '**Not held**';
  return paragraphs(
    `This repository under \`npm start\` for ${facts['minutes'] ?? ''} minutes: every five seconds a file is saved (rules of five functions and a
shared module, in turns) and the function asked until the new code answers, ${facts['saves'] ?? ''} times in all, while
\`aviary logs --follow\` shows what is logged (${facts['lines'] ?? ''} lines). Before every second save the resident
memory of all processes of it is added up; pages that processes share count in each. The slope is that of the line through the second
half (least squares).`,
    table(['', 'first fifth, median', 'last fifth, median', 'slope of the second half'], ...rows),
    `${verdict} in this run: the memory is flat, which is to say that an hour adds at most ${flatPerHour * 100} % to it
(${(share * 100).toFixed(1)} %). The local cloud keeps what functions log and count until it ends, which is most of what it
grows by. ${leftText(facts['left'] ?? '')}`,
  );
}

const leftText = (left: string): string =>
  left === '' ? 'After Ctrl-C no process was left.' : `**After Ctrl-C there were left: ${left}.**`;

const mb: Unit = (bytes) => `${Math.round(bytes / megabyte)} MB`;
