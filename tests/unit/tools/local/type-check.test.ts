import { describeTypes } from '../../../../tools/local/type-check.ts';

const errors = (count: number): string[] => Array.from({ length: count }, (_, at) => `a.ts:${at + 1}:1: wrong`);

describe('describeTypes', () => {
  it.each<[string, string[], string[]]>([
    ['all is well, and was', [], []],
    ['the same is wrong as before', errors(2), errors(2)],
  ])('says nothing where %s', (_when, now, before) => {
    expect(describeTypes(now, before)).toBeUndefined();
  });

  it('says once that nothing is wrong any more', () => {
    expect(describeTypes([], errors(1))).toBe('types: no errors any more');
  });

  it('names file, line and message', () => {
    expect(describeTypes(errors(1), [])).toBe('types: 1 error\n  a.ts:1:1: wrong');
  });

  it('shows a few of many, and where all of them are', () => {
    expect(describeTypes(errors(5), errors(4))?.split('\n')).toEqual([
      'types: 5 errors',
      '  a.ts:1:1: wrong',
      '  a.ts:2:1: wrong',
      '  a.ts:3:1: wrong',
      '  and 2 more: npm run check',
    ]);
  });
});
