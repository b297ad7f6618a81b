import { describeSwap, readSwap } from '../../../../tools/swap/swap-mark.ts';

const release = 'a'.repeat(64);

describe('the mark of a swapped version', () => {
  it('is read back out of the description, with the first digits of the release', () => {
    const description = describeSwap('Users', { release, over: '7' });

    expect(description).toBe('Users (swapped aaaaaaaaaaaa over 7)');
    expect(readSwap(description)).toEqual({ release: 'aaaaaaaaaaaa', over: '7' });
  });

  it('is never cut off, however long the description is', () => {
    const description = describeSwap('x'.repeat(300), { release, over: '12345' });

    expect(description).toHaveLength(256);
    expect(readSwap(description)).toEqual({ release: 'aaaaaaaaaaaa', over: '12345' });
  });

  it.each([undefined, '', 'Users', 'Users (release aaaaaaaaaaaa)', 'Swaps (swapped over 7)'])(
    'is not in %p',
    (description) => {
      expect(readSwap(description)).toBeUndefined();
    },
  );
});
