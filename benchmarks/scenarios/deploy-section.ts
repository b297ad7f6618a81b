import { paragraphs, table } from '../markdown.ts';
import type { Findings } from '../scenario.ts';
import { bytes, cells, count, seconds, summarize, times, type Unit } from '../statistics.ts';

/** What the deploys of both sides did. */
export function describeDeploys({ samples }: Findings): string {
  const of = (name: string): readonly number[] => samples[name] ?? [];
  const both = (what: string, name: string, unit: Unit): string[][] => [
    [what, '`deploy`', ...cells(of(`aviary${name}`), unit), '1'],
    ['', '`sam`', ...cells(of(`sam${name}`), unit), times(of(`sam${name}`), of(`aviary${name}`))],
  ];
  const part = (side: string, name: string): string => `${name} ${seconds(summarize(of(`${side} ${name}`)).median)}`;
  return paragraphs(
    `Ten generated functions on both layers, all deployed; then, each round, the code of another one is changed and
deployed: \`node tools/aviary.mjs deploy\` as a whole process, and in turn \`sam build && sam deploy\` of an equal
repository with the same samconfig (in source, in parallel, \`AutoPublishAlias\` and nothing of Aviary's). On both sides
SAM asks the cloud every 0.1 s how far it is, not every 5 s as it does by default. Each side has a local cloud and a bucket of its own. Bytes
and objects are those that are new in the bucket afterwards, versions those that Lambda lists and did not list before;
each round ends with the changed function answering with its new code.`,
    table(
      ['', 'by', 'median', 'spread', 'n', 'to `deploy`'],
      ...both('time', '', seconds),
      ...both('uploaded', ' bytes', bytes),
      ...both('of which packages, the rest is the template', ' package bytes', bytes),
      ...both('objects', ' objects', count),
      ...both('versions published, of all ten', ' versions', count),
    ),
    `Of \`deploy\`: ${['plan', 'build', 'deploy', 'check'].map((name) => part('aviary', name)).join(', ')}; the rest is
its own start. Of the plain side: ${part('sam', 'build')}, ${part('sam', 'deploy')}.`,
    `The nine functions that did not change: ${others('`deploy`', 'aviary', of)}; ${others('plain SAM', 'sam', of)}. It
builds all ten and both layers each time. The change here is in a function's own code; what plain SAM does
for a change in a layer is in the section on saves.`,
  );
}

function others(who: string, side: string, of: (name: string) => readonly number[]): string {
  const published = summarize(of(`${side} others published`));
  const written = summarize(of(`${side} others written`));
  const range = ({ min, max }: typeof published): string => (min === max ? String(min) : `${min}–${max}`);
  return `${who} published a version of ${range(published)} of them and wrote code or configuration of ${range(written)}`;
}
