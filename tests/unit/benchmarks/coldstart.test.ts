import { describeColdStarts } from '../../../benchmarks/coldstart/section.ts';
import { quartiles } from '../../../benchmarks/statistics.ts';

/** Findings of functions that take so long above a plain start of 20 ms: on two layers, bundled, and with node_modules. */
function found(functions: Readonly<Record<string, readonly [number, number, number]>>) {
  const samples = Object.entries(functions).flatMap(([name, times]) =>
    ['layers', 'bundled', 'raw'].flatMap((build, at) =>
      ['ms', 'cpu', 'MB'].map((what) => [`${name}: ${build} ${what}`, [20 + (times[at] ?? 0)]] as const),
    ),
  );
  const plain = ['ms', 'cpu', 'MB'].map((what) => [`plain ${what}`, [20]] as const);
  return {
    samples: Object.fromEntries([...samples, ...plain]),
    facts: { functions: Object.keys(functions).join(' ') },
  };
}

describe('the section on cold starts', () => {
  it('shows the slowest function first, above a plain start, beside the better of the other builds', () => {
    const section = describeColdStarts(found({ light: [30, 25, 90], heavy: [100, 110, 95] }));

    const rows = section.split('\n').filter((line) => /^\| (light|heavy) /.test(line));
    expect(rows[0]).toBe('| heavy | 100 ms (100 – 100) | 110 ms (110 – 110) | 95 ms (95 – 95) | +5 ms, +5 % |');
    expect(rows[1]).toContain('| light | 30 ms (30 – 30) |');
  });

  it.each([
    ['both are kept', { light: [34, 25, 90], heavy: [109, 100, 200] }, 'Held', 'Held'],
    [
      'a heavy one takes more than a tenth longer',
      { light: [34, 25, 90], heavy: [112, 100, 200] },
      '**Not held**',
      'Held',
    ],
    [
      'a light one takes more than 10 ms longer',
      { light: [36, 25, 90], heavy: [109, 100, 200] },
      'Held',
      '**Not held**',
    ],
  ] as const)('says of its bounds when %s', (_when, functions, heavy, light) => {
    const section = describeColdStarts(found(functions));

    expect(section).toContain(`${heavy} in this run: two layers within 10 %`);
    expect(section).toContain(`${light} in this run: within 10 ms`);
  });
});

describe('quartiles', () => {
  it('are values where there is one, and between two of them elsewhere', () => {
    expect(quartiles([5, 1, 3, 2, 4])).toEqual([2, 3, 4]);
    expect(quartiles([1, 2, 3, 4])).toEqual([1.75, 2.5, 3.25]);
    expect(quartiles([7])).toEqual([7, 7, 7]);
  });
});
