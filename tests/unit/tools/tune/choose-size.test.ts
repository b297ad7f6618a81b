import { describeTuning } from '../../../../tools/report/describe-tuning.ts';
import { chooseSize } from '../../../../tools/tune/choose-size.ts';
import type { SizeResult } from '../../../../tools/tune/tune-function.ts';

const result = (memoryMb: number, ...ms: readonly number[]): SizeResult => ({
  memoryMb,
  invocations: ms.map((each) => ({ ms: each, billedMs: Math.ceil(each), usedMb: 80 })),
});

describe('the choice among sizes', () => {
  it('tells the cheapest, the fastest, and what is neither much dearer nor much slower', () => {
    const choice = chooseSize([result(1_024, 62), result(128, 400), result(256, 190), result(512, 70)], 'arm64');

    expect(choice.figures.map(({ memoryMb }) => memoryMb)).toEqual([128, 256, 512, 1_024]);
    expect(choice).toMatchObject({ cheapest: 512, fastest: 1_024, balanced: 512 });
  });

  it('takes the median, so that one slow invocation decides nothing', () => {
    const { figures } = chooseSize([result(128, 20, 900, 22)], 'arm64');

    expect(figures[0]).toMatchObject({ ms: 22, runs: 3 });
    // 0.2 for the requests, and 2,750 GB-seconds.
    expect(figures[0]?.costPerMillion).toBeCloseTo(0.2 + 2_750 * 0.0000133334, 8);
  });

  it('takes the smaller of equals', () => {
    expect(chooseSize([result(128, 10), result(256, 10)], 'arm64')).toMatchObject({ cheapest: 128, fastest: 128 });
  });

  it('is shown with the size that the function has', () => {
    const choice = chooseSize([result(128, 400), result(256, 100)], 'arm64');

    const text = describeTuning({ ...choice, name: 'users', event: 'list-users', memoryMb: 128 });

    expect(text).toMatch(/128 MB +400\.0 ms +\$0\.87 +80 MB +1 +as it is\n/);
    expect(text).toContain(
      'users with list-users: 256 MB is cheapest, 256 MB fastest, 256 MB balanced; it has 128 MB.',
    );
  });
});
