import { signingKeys } from '@shared/auth/signing-keys';
import { stageSigningKeys } from '@shared/auth/stage-signing-keys';
import { someKeys } from '../../../../support/runtime/some-keys.ts';

const [{ key } = { key: '' }] = someKeys('a').keys;

describe('the content of a secret of signing keys', () => {
  it('is a list of keys with names', () => {
    expect(signingKeys.parse(someKeys('new', 'old'))).toEqual(someKeys('new', 'old'));
  });

  it('is one key without a name, as CloudFormation generates it', () => {
    expect(signingKeys.parse({ key })).toEqual({ keys: [{ kid: 'first', key }] });
  });

  it.each([
    ['no key', { keys: [] }],
    ['a key below 32 bytes', { keys: [{ kid: 'a', key: key.slice(1) }] }],
    ['a generated key below 32 bytes', { key: key.slice(1) }],
    ['a key with other characters', { keys: [{ kid: 'a', key: `${key} ` }] }],
    ['a name that would end a part of a token', { keys: [{ kid: 'a.b', key }] }],
    ['a key without a name', { keys: [{ key }] }],
    ['nothing', {}],
  ])('is never %s', (_what, content) => {
    expect(signingKeys.safeParse(content).success).toBe(false);
  });
});

describe('the signing keys of the stage', () => {
  const setUp = () => {
    const state = { time: 0, stored: someKeys('first'), kept: someKeys('first'), fetched: 0 };
    const keys = stageSigningKeys(
      'secret',
      (_name, options) => {
        if (options?.fresh === true) {
          state.fetched += 1;
          state.kept = state.stored;
        }
        return Promise.resolve(JSON.stringify(state.kept));
      },
      () => state.time,
    );
    return { state, keys };
  };

  it('are those that were kept, for keys that are known', async () => {
    const { state, keys } = setUp();
    state.stored = someKeys('second', 'first');

    await expect(keys('first')).resolves.toEqual(someKeys('first'));
    await expect(keys()).resolves.toEqual(someKeys('first'));
    expect(state.fetched).toBe(0);
  });

  it('are fetched anew for a key that is not known, so that a new one works at once', async () => {
    const { state, keys } = setUp();
    state.stored = someKeys('second', 'first');

    await expect(keys('second')).resolves.toEqual(someKeys('second', 'first'));
  });

  it('are fetched no more than once in ten seconds for keys that somebody made up', async () => {
    const { state, keys } = setUp();

    for (const time of [0, 5_000, 9_999, 10_000, 12_000]) {
      state.time = time;
      await keys(`made-up-${time}`);
    }

    expect(state.fetched).toBe(2);
  });
});
