import { paragraphs, table } from '../markdown.ts';
import type { Findings } from '../scenario.ts';
import { bound, cells, p95, seconds, summarize, times, type Unit } from '../statistics.ts';

const limitMs = 150;
const p95LimitMs = 500;
const kinds = [
  { kind: 'rule', what: 'a rule of one function' },
  { kind: 'shared', what: 'a shared module' },
];

/** How long saves took, and on which part. */
export function describeSaves({ samples }: Findings): string {
  const of = (name: string): readonly number[] => samples[name] ?? [];
  const rows = kinds.flatMap(({ kind, what }) => [
    [`${what}: \`npm start\` watching`, ...cells(of(`save ${kind}`), ms), ms(p95(of(`save ${kind}`))), '1'],
    [
      `${what}: \`sam build && sam deploy\``,
      ...cells(of(`sam ${kind}`), seconds),
      seconds(p95(of(`sam ${kind}`))),
      times(of(`sam ${kind}`), of(`save ${kind}`)),
    ],
    ...(of(`sync ${kind}`).length === 0
      ? []
      : [
          [
            `${what}: \`sam sync --watch\``,
            ...cells(of(`sync ${kind}`), seconds),
            seconds(p95(of(`sync ${kind}`))),
            times(of(`sync ${kind}`), of(`save ${kind}`)),
          ],
        ]),
  ]);
  const all = kinds.flatMap(({ kind }) => of(`save ${kind}`));
  const partRows = kinds.map(({ kind, what }) => [
    what,
    String(summarize(of(`swapped ${kind}`)).median),
    ...['bundle', 'swap'].map((part) => ms(summarize(of(`${kind} ${part}`)).median)),
  ]);
  return paragraphs(
    `This repository under \`npm start\`: from writing a file to the first invocation of the function's \`live\` alias
that is answered by the new code, asked as soon as the watcher says that it is there: who asks before takes processor from
what is waited for. Saved in turns are rules of five functions and a shared module that most functions use; the function
was asked two seconds before. Beside it, after the same save in other clones, each with a
local cloud of its own: from writing the file to the end of \`sam build && sam deploy\`, started at once, typing not counted;
and, asked in the same way, to the new code's first answer under \`sam sync --watch\`. That has no figure for a shared module: it asks for the versions of a
layer in a way that the local cloud does not know.`,
    table(['', 'median', 'spread', 'n', 'p95', 'to the watcher'], ...rows),
    `${bound('from a save to the new code', all, limitMs, ms)} ${p95(all) <= p95LimitMs ? 'Held' : '**Not held**'} in this
run: 95 of 100 saves within ${ms(p95LimitMs)} (p95 ${ms(p95(all))}).`,
    `Where the time goes, as the watcher prints it; the rest is the start of the function with its layers, and its first
answer:`,
    table(['', 'functions', 'bundle', 'swap'], ...partRows),
    `After plain \`sam deploy\`, \`live\` answered with the new code after ${answered(of('sam live rule'))} saves of a rule
and after ${answered(of('sam live shared'))} saves of the shared module: with \`AutoPublishAlias\`, SAM publishes a version
for changed code of the function, and not for a changed layer, so that \`$LATEST\` alone has it.`,
  );
}

const ms: Unit = (value) => `${Math.round(value)} ms`;

function answered(values: readonly number[]): string {
  return `${values.filter((value) => value === 1).length} of ${values.length}`;
}
