import { trendOf } from '../../../benchmarks/endurance/trend.ts';

const everyMs = 60_000;

describe('the trend of samples', () => {
  it('has the slope of the second half an hour, whatever the first did', () => {
    const warming = [0, 500, 900, 1_000];
    const working = [1_000, 1_002, 1_004, 1_006];

    expect(trendOf([...warming, ...working], everyMs).perHour).toBeCloseTo(120);
  });

  it('is little moved by one that stands out in the middle', () => {
    const flat = Array.from({ length: 21 }, (_, at) => (at === 15 ? 1_500 : 1_000));

    expect(trendOf(flat, everyMs).perHour).toBeCloseTo(0);
  });

  it('has the medians of the first fifth and of the last', () => {
    const values = [1, 3, 2, ...Array.from({ length: 9 }, () => 50), 9, 7, 8];

    expect(trendOf(values, everyMs)).toMatchObject({ first: 2, last: 8 });
  });

  it('is flat for a single one', () => {
    expect(trendOf([7], everyMs)).toEqual({ first: 7, last: 7, perHour: 0 });
  });
});
