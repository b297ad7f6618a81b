import { format } from 'prettier';
import { paragraphs } from './markdown.ts';
import type { Measurement } from './measurements.ts';
import type { Scenario } from './scenario.ts';

const head = `# Benchmarks

Written by \`npm run bench\`, which measures all of it again; \`npm run bench -- plan deploy\` measures these alone and
leaves the other sections as they were. Where a section does not say otherwise,
each figure stands beside a named alternative that ran in turns with it, on the same machine, in the same run. Figures are medians, with the smallest and the largest value and how many there are (n);
the values themselves are in \`.aviary/bench/\`. A measurement that breaks writes nothing. AWS itself is not in these
figures: the cloud is the local one on the same machine, so what an account takes to change a stack comes on top.`;

/** docs/benchmarks.md from what was measured; a scenario that was not is left out. */
export async function documentOf(measured: readonly (readonly [Scenario, Measurement])[]): Promise<string> {
  const sections = measured.map(([scenario, measurement]) => {
    const { machine, at, commit } = measurement;
    return paragraphs(
      `## ${scenario.title}`,
      scenario.describe(measurement),
      `Again: \`npm run bench -- ${scenario.name}\`. ${at.slice(0, 10)}, commit ${shorten(commit)}. ${machine}.`,
    );
  });
  return await format(paragraphs(head, ...sections), { parser: 'markdown', printWidth: 120, proseWrap: 'always' });
}

function shorten(commit: string): string {
  const [hash = '', dirty] = commit.split('-');
  return `${hash.slice(0, 7)}${dirty === undefined ? '' : ' with changes'}`;
}
