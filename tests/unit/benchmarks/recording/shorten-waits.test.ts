import { keystrokes, type Moment } from '../../../../benchmarks/recording/moments.ts';
import { shortenWaits } from '../../../../benchmarks/recording/shorten-waits.ts';

const output = (at: number): Moment => ({ at, terminal: 0, kind: 'output', text: 'said\n' });
const times = (moments: readonly Moment[]): number[] => moments.map(({ at }) => at);

describe('the waits of a recording', () => {
  it('are 2 s at most, and shorter ones as they were', () => {
    const { moments, limitMs } = shortenWaits([output(5_000), output(5_700), output(30_000), output(31_000)], 60_000);

    expect(times(moments)).toEqual([0, 700, 2_700, 3_700]);
    expect(limitMs).toBe(2_000);
  });

  it('have a shorter limit, the longest one with which all of it has room', () => {
    const { moments, limitMs } = shortenWaits([output(0), output(10_000), output(20_000), output(20_500)], 3_000);

    expect(limitMs).toBe(1_200);
    expect(times(moments)).toEqual([0, 1_200, 2_400, 2_900]);
  });

  it('are refused where no limit is short enough', () => {
    expect(() => shortenWaits([output(0), output(1_000), output(2_000)], 100)).toThrow(RangeError);
  });

  it('are those for a program: the time to read and to type stays', () => {
    const typed: Moment = { at: 2_000, terminal: 0, kind: 'typed', text: 'ls' };
    const { moments } = shortenWaits(keystrokes([output(0), typed, output(9_000)]), 3_000);

    const [first = 0, second = 0, last = 0] = times(moments).slice(1);
    expect(first).toBe(2_000);
    expect(second).toBeGreaterThan(first);
    expect(last).toBeLessThanOrEqual(3_000);
  });
});
