import { paragraphs, table } from '../markdown.ts';
import type { Findings } from '../scenario.ts';
import { bound, cells, seconds, summarize, times } from '../statistics.ts';

const limitMs = 3_000;
const kinds = [
  { kind: 'rule', what: 'a rule of one function' },
  { kind: 'shared', what: 'a shared module' },
];

/** How long saves took, and on which part. */
export function describeSaves({ samples }: Findings): string {
  const of = (name: string): readonly number[] => samples[name] ?? [];
  const rows = kinds.flatMap(({ kind, what }) => [
    [`${what}: \`npm start\` watching`, ...cells(of(`save ${kind}`), seconds), '1'],
    [
      `${what}: \`sam build && sam deploy\``,
      ...cells(of(`sam ${kind}`), seconds),
      times(of(`sam ${kind}`), of(`save ${kind}`)),
    ],
  ]);
  const parts = ['plan', 'build', 'deploy', 'check'];
  const partRows = kinds.map(({ kind, what }) => [
    what,
    String(summarize(of(`deployed ${kind}`)).median),
    ...parts.map((part) => seconds(summarize(of(`${kind} ${part}`)).median)),
  ]);
  return paragraphs(
    `This repository under \`npm start\`: from writing a file to the first invocation of the function's \`live\` alias
that is answered by the new code, asked every 10 ms. Saved in turns are a rule of the processor and a shared module
that it and another function use. Beside it, after the same save in another clone with a local cloud of its own: from
writing the file to the end of \`sam build && sam deploy\`, started at once; typing is not counted.`,
    table(['', 'median', 'spread', 'n', 'to the watcher'], ...rows),
    kinds
      .map(({ kind, what }) => bound(`from a save of ${what} to the new code`, of(`save ${kind}`), limitMs, seconds))
      .join(' '),
    `Where the watcher's time goes, as it prints it (to a tenth of a second; the new code answers before the check, which
asks for the health and the versions, has ended):`,
    table(['', 'functions', ...parts], ...partRows),
    `After plain \`sam deploy\`, \`live\` answered with the new code after ${answered(of('sam live rule'))} saves of the rule
and after ${answered(of('sam live shared'))} saves of the shared module: with \`AutoPublishAlias\`, SAM publishes a version
for changed code of the function, and not for a changed layer, so that \`$LATEST\` alone has it.`,
  );
}

function answered(values: readonly number[]): string {
  return `${values.filter((value) => value === 1).length} of ${values.length}`;
}
