import { levelFor } from '@shared/observability/log-levels';

describe('levelFor', () => {
  it.each([
    ['none', undefined],
    ['users=WARN', 'WARN'],
    ['orders=WARN', undefined],
    ['*=ERROR', 'ERROR'],
    ['*=ERROR,users=DEBUG', 'DEBUG'],
    ['users=LOUD', undefined],
    ['users', undefined],
    ['', undefined],
  ])('makes of %p for users %p', (setting, expected) => {
    expect(levelFor(setting, 'users', 0)).toBe(expected);
  });

  it('has a share of the invocations log at DEBUG', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => levelFor('users=7%', 'users', at / 100));

    expect(hundred.filter((level) => level === 'DEBUG')).toHaveLength(7);
    expect(hundred.filter((level) => level === undefined)).toHaveLength(93);
  });
});
