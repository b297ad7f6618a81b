import { nameList } from '../../../../tools/commands/options.ts';

describe('nameList', () => {
  it('reads names with commas and as several options', () => {
    expect(nameList(['a, b', 'c,'])).toEqual(['a', 'b', 'c']);
  });

  it('tells no option from an empty one', () => {
    expect(nameList(undefined)).toBeUndefined();
    expect(nameList([''])).toEqual([]);
  });
});
