import { compareSettings, differing } from '../../../../tools/config/compare-settings.ts';

describe('settings of two sides', () => {
  const rows = compareSettings(
    new Map([
      ['b', '1'],
      ['a', '2'],
      ['c', null],
    ]),
    new Map([
      ['b', '1'],
      ['c', '3'],
      ['d', '4'],
    ]),
  );

  it('are put beside each other by name, with what one of them does not have', () => {
    expect(rows).toEqual([
      { name: 'a', value: '2', other: null },
      { name: 'b', value: '1', other: '1' },
      { name: 'c', value: null, other: '3' },
      { name: 'd', value: null, other: '4' },
    ]);
  });

  it('differ where a value does, or is missing on one side', () => {
    expect(differing(rows).map(({ name }) => name)).toEqual(['a', 'c', 'd']);
  });
});
