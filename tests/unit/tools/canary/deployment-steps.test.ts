import { chooseNew, sharesOf } from '../../../../tools/canary/deployment-steps.ts';

describe('sharesOf', () => {
  it.each([
    ['AllAtOnce', []],
    ['Canary10Percent5Minutes', [0.1, 0.1, 0.1, 0.1, 0.1]],
    ['Linear10PercentEvery1Minute', [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]],
  ])('%s moves as CodeDeploy moves it', (type, shares) => {
    expect(sharesOf(type)).toEqual(shares);
  });

  it('stays at each step of a linear one for its minutes', () => {
    expect(sharesOf('Linear10PercentEvery2Minutes').slice(0, 4)).toEqual([0.1, 0.1, 0.2, 0.2]);
    expect(sharesOf('Linear10PercentEvery2Minutes')).toHaveLength(18);
  });

  it('refuses what is no deployment preference', () => {
    expect(() => sharesOf('Magic')).toThrow('Magic is no way to move traffic.');
  });
});

describe('chooseNew', () => {
  it.each([
    [40, 0.1, 4],
    [9, 0.1, 0],
    [10, 0.5, 5],
    [7, 0, 0],
  ])('of %i requests with a share of %d gives the new version %i', (requests, share, fresh) => {
    const chosen = chooseNew(requests, share);

    expect([chosen.length, chosen.filter(Boolean).length]).toEqual([requests, fresh]);
  });
});
