import { paragraphs } from './markdown.ts';
import type { Measurement } from './measurements.ts';
import type { Scenario } from './scenario.ts';

const head = `# Benchmarks

Written by \`npm run bench\`, which measures all of it again; \`npm run bench -- plan deploy\` measures these alone and
leaves the other sections as they were. Where a section does not say otherwise,
each figure stands beside a named alternative that ran in turns with it, on the same machine, in the same run. Figures are medians, with the smallest and the largest value and how many there are (n);
the values themselves are in \`.aviary/bench/\`. A measurement that breaks writes nothing. AWS itself is not in these
figures: the cloud is the local one on the same machine, so what an account takes to change a stack comes on top.`;

/**
 * docs/benchmarks.md with what was measured, unformatted; the other sections are those of the document as it was.
 * @param order every scenario, in the order of the document
 */
export function documentOf(earlier: string, order: readonly Scenario[], measured: readonly Measurement[]): string {
  const kept = sectionsOf(earlier);
  const sections = order.map((scenario) => {
    const measurement = measured.find((it) => it.scenario === scenario.name);
    return measurement ? sectionOf(scenario, measurement) : (kept.get(scenario.title) ?? '');
  });
  return paragraphs(head, ...sections);
}

function sectionOf(scenario: Scenario, measurement: Measurement): string {
  const { machine, at, commit } = measurement;
  return paragraphs(
    `## ${scenario.title}`,
    scenario.describe(measurement),
    `Again: \`npm run bench -- ${scenario.name}\`. ${at.slice(0, 10)}, commit ${shorten(commit)}. ${machine}.`,
  );
}

/** The sections of a document, by their title. */
function sectionsOf(document: string): Map<string, string> {
  const [, ...sections] = document.split(/^(?=## )/m);
  return new Map(sections.map((text) => [/^## (.*)/.exec(text)?.[1] ?? '', text.trimEnd()]));
}

function shorten(commit: string): string {
  const [hash = '', dirty] = commit.split('-');
  return `${hash.slice(0, 7)}${dirty === undefined ? '' : ' with changes'}`;
}
