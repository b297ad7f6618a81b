import { lambdaCost } from '../../../../tools/cost/prices.ts';
import { parseReport, type ReportLine } from '../../../../tools/logs/report-lines.ts';
import { percentile } from '../../../../tools/memory/percentile.ts';
import { recommend } from '../../../../tools/memory/recommend.ts';
import { describeMemory } from '../../../../tools/report/describe-memory.ts';

/** So many invocations of one function that were all the same. */
function reports(parts: Partial<ReportLine>, count = 1): ReportLine[] {
  const one = {
    functionName: 'aviary-users-staging',
    requestId: 'r',
    ms: 20,
    billedMs: 20,
    memoryMb: 512,
    usedMb: 100,
  };
  return Array.from({ length: count }, () => ({ ...one, ...parts }));
}

describe('the size that is recommended', () => {
  it.each([
    ['a quarter above what was used', { usedMb: 200 }, 256],
    ['the least that Lambda has', { usedMb: 60 }, 128],
    ['what it has, where that fits', { memoryMb: 256, usedMb: 200 }, 256],
    ['more, where it uses nearly all it has', { memoryMb: 256, usedMb: 250 }, 320],
    ['not what could take it beyond a second for want of CPU', { usedMb: 100, ms: 700 }, 368],
    ['what it has, where it takes a second as it is', { usedMb: 100, ms: 1_500 }, 512],
    ['what it has, where nothing is reported of its use', { usedMb: 0 }, 512],
    ['no more than Lambda has', { memoryMb: 10_240, usedMb: 10_000 }, 10_240],
  ])('is %s', (_what, parts, size) => {
    expect(recommend(reports(parts), 1, 'arm64')?.recommendedMb).toBe(size);
  });

  it('saves what a month of such invocations costs less', () => {
    const [before, after] = [512, 256].map((memoryMb) =>
      lambdaCost({ invocations: 4_000, ms: 80_000, memoryMb }, 'arm64'),
    );

    const use = recommend(reports({ usedMb: 200 }, 1_000), 0.25, 'arm64');

    expect(use?.saves).toBeCloseTo((before ?? 0) - (after ?? 0), 12);
  });

  it('looks at the invocations with the size that it has last', () => {
    const use = recommend(
      [...reports({ memoryMb: 1_024, usedMb: 900 }, 5), ...reports({ usedMb: 100 }, 3)],
      1,
      'arm64',
    );

    expect(use).toMatchObject({ memoryMb: 512, usedMb: 100, invocations: 3 });
  });

  it('is none of a function that nobody has invoked', () => {
    expect(recommend([], 1, 'arm64')).toBeUndefined();
    expect(describeMemory([], 3)).toBe('3 of 3 functions reported no invocation.\n');
  });
});

describe('a REPORT line', () => {
  const id = '8f507cfc-xmpl-4697-b07a-ac58fc914c95';

  it('is read as Lambda writes it, with a cold start and a trace, out of the end of a log', () => {
    const text = `END RequestId: ${id}\nREPORT RequestId: ${id}\tDuration: 16.42 ms\tBilled Duration: 17 ms\tMemory Size: 128 MB\tMax Memory Used: 67 MB\tInit Duration: 170.19 ms\t\nXRAY TraceId: 1-5e34a614\n`;

    expect(parseReport('f', text)).toEqual({
      ...{ functionName: 'f', requestId: id, ms: 16.42, billedMs: 17, memoryMb: 128, usedMb: 67 },
    });
  });

  it('is not found where there is none', () => {
    expect(parseReport('f', `START RequestId: ${id} Version: 1`)).toBeUndefined();
  });
});

describe('percentile', () => {
  it('is the value that so many percent do not exceed', () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at);

    expect([50, 99, 100, 0].map((percent) => percentile(values, percent))).toEqual([50, 99, 100, 1]);
    expect(percentile([], 50)).toBeNaN();
  });
});
