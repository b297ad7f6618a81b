import { signingKeys } from '@shared/auth/signing-keys';
import { scopes as scopesOfTheApi } from '@shared/auth/scopes';
import { run } from '../../../../tools/commands/token.ts';
import { readLifetime } from '../../../../tools/token/lifetime.ts';
import { readScopes, scopes } from '../../../../tools/token/scopes.ts';
import { repository } from '../../../support/engine/a-folder.ts';
import { failureOf, rejectionOf } from '../../../support/engine/failure-of.ts';
import { signingKeyIn } from '../../../../tools/token/signing-key.ts';

const key = 'k'.repeat(43);

describe('the scopes of aviary token', () => {
  it('are those of the API', () => {
    expect(scopes).toEqual(scopesOfTheApi);
  });

  it('are refused where there is no such one, with the nearest', () => {
    const { problem, next } = failureOf(() => readScopes(['users:read', 'order:read']));

    expect(problem).toBe('There is no scope order:read.');
    expect(next).toContain('Did you mean orders:read?');
  });
});

describe('readLifetime', () => {
  it.each([
    ['90s', 90],
    ['15m', 900],
    ['24h', 86_400],
  ])('reads %s', (text, seconds) => {
    expect(readLifetime(text)).toBe(seconds);
  });

  it.each(['', '1', 'h', '0s', '25h', '1d', '-1h', '1.5h', '99999999s'])('refuses %j', (text) => {
    expect(() => readLifetime(text)).toThrow('is no time that a token may last');
  });
});

describe('aviary token', () => {
  it.each([
    [['--stage', 'stagin'], 'There is no stage stagin in samconfig.toml.', 'Did you mean staging?'],
    [['--stage', 'staging', '--scope', 'admin'], 'Who is a token for staging to be for', 'Say it: --sub and --scope'],
    [['--stage', 'staging', '--sub', 'ada'], 'and what is it to allow?', 'Say it: --sub and --scope'],
    [['--sub', ''], 'Who is a token for local to be for', 'Say it: --sub and --scope'],
    [['--scope', 'users:raed'], 'There is no scope users:raed.', 'Did you mean users:read?'],
    [['--expires', '2d'], '--expires 2d is no time that a token may last.', 'Take up to a day'],
  ])('refuses %j with the next step, before it asks anybody', async (args, problem, next) => {
    const failure = await rejectionOf(run(args, repository));

    expect(failure.problem).toContain(problem);
    expect(failure.next).toContain(next);
  });
});

describe('signingKeyIn', () => {
  it.each([
    [
      'the first of several',
      JSON.stringify({
        keys: [
          { kid: 'new', key },
          { kid: 'old', key: 'o'.repeat(43) },
        ],
      }),
    ],
    ['the one that was generated', JSON.stringify({ key })],
  ])('is %s, as the functions read it', (_what, secret) => {
    expect(signingKeyIn(secret)).toEqual(signingKeys.parse(JSON.parse(secret)).keys[0]);
  });

  it.each(['', 'text', '[]', '{}', '{"keys":[]}', '{"keys":[{"kid":"x"}]}'])('is none of %j', (secret) => {
    expect(signingKeyIn(secret)).toBeUndefined();
  });
});
