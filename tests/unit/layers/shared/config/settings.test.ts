import { readSettings, wholeNumber } from '@shared/config/settings';

const settings = { lines: wholeNumber(1, 100, 50), percentile: wholeNumber(50, 99, 95) };
const read = (texts: Record<string, unknown>) => {
  const bad: string[] = [];
  return { values: readSettings(settings, texts, ({ message }) => bad.push(message)), bad };
};

describe('settings', () => {
  it('are the numbers that their texts say', () => {
    expect(read({ lines: '7', percentile: '99', more: 'x' })).toEqual({
      values: { lines: 7, percentile: 99 },
      bad: [],
    });
  });

  it.each(['0', '101', '-1', '1.5', '7 ', '', 'many', '1e1', '0x10', '9'.repeat(40), 7, null])(
    'have their fallback for %p, and the others what they are set to',
    (lines) => {
      const { values, bad } = read({ lines, percentile: '60' });

      expect(values).toEqual({ lines: 50, percentile: 60 });
      expect(bad).toEqual(['The setting lines is not what it may be']);
    },
  );

  it('have their fallback where there are none', () => {
    expect(read({})).toEqual({
      values: { lines: 50, percentile: 95 },
      bad: ['The setting lines is missing', 'The setting percentile is missing'],
    });
  });
});
