import { Failure } from '../../../../tools/lib/failure.ts';
import { readTime } from '../../../../tools/logs/time-option.ts';

const now = Date.UTC(2026, 0, 2);

describe('readTime', () => {
  it.each([
    ['30s', 30_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
  ])('takes %s for so long ago', (text, before) => {
    expect(readTime('--since', text, now)).toBe(now - before);
  });

  it.each(['2026-01-01T00:00:00Z', '2026-01-01'])('takes the time %s', (text) => {
    expect(readTime('--since', text, now)).toBe(Date.UTC(2026, 0, 1));
  });

  it.each(['', '10', 'm', '1w', '-5m', '1.5h', 'yesterday', '2026-13-01', '12'])(
    'refuses %p, and says what to say',
    (text) => {
      const read = (): number => readTime('--until', text, now);

      expect(read).toThrow(Failure);
      expect(read).toThrow(/^--until .* is no time\. Say how long ago, as --until 30s/);
    },
  );
});
