import { documentOf } from '../../../benchmarks/document.ts';
import type { Measurement } from '../../../benchmarks/measurements.ts';
import type { Scenario } from '../../../benchmarks/scenario.ts';

const scenario = (name: string): Scenario => ({
  name,
  title: `What ${name} takes`,
  measure: () => Promise.reject(new Error('not measured here')),
  describe: ({ facts }) => `It took ${facts['time'] ?? 'nothing'}.`,
});
const measurement = (name: string, time: string): Measurement => ({
  scenario: name,
  machine: 'A machine',
  at: '2025-06-01T12:00:00.000Z',
  commit: '0123456789ab-dirty',
  samples: {},
  facts: { time },
});
const order = [scenario('plan'), scenario('load')];

describe('the document of the benchmarks', () => {
  it('has a section for what was measured, with when, where and of which commit', () => {
    const document = documentOf('', order, [measurement('plan', '1 s')]);

    expect(document).toContain('\n\n## What plan takes\n\nIt took 1 s.\n');
    expect(document).toContain('2025-06-01, commit 0123456 with changes. A machine.');
    expect(document).not.toContain('## What load takes');
  });

  it('keeps the other sections as they were, whichever machine wrote them', () => {
    const earlier = documentOf('', order, [measurement('load', '2 s')]);

    const document = documentOf(earlier, order, [measurement('plan', '1 s')]);

    expect(document.indexOf('It took 1 s.')).toBeGreaterThan(0);
    expect(document.indexOf('It took 2 s.')).toBeGreaterThan(document.indexOf('It took 1 s.'));
  });

  it('writes a section anew that was measured again, and drops one of which there is no scenario any more', () => {
    const earlier = documentOf('', order, [measurement('plan', '1 s'), measurement('load', '2 s')]);

    const document = documentOf(earlier, [scenario('plan')], [measurement('plan', '3 s')]);

    expect(document).toContain('It took 3 s.');
    expect(document).not.toMatch(/It took [12] s\./);
  });
});
