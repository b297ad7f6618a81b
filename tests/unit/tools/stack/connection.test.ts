import { asking, clientConfig, type Connection } from '../../../../tools/stack/connection.ts';
import { apiUrl } from '../../../../tools/stack/check-health.ts';
import { localBucket } from '../../../../tools/stack/local-bucket.ts';
import { rejectionOf } from '../../../support/engine/failure-of.ts';
import { aStage } from '../../../support/engine/a-stage.ts';

const connection = (endpoint?: string): Connection => ({
  root: '/root',
  stage: aStage('staging'),
  endpoint,
});
const local = connection('http://127.0.0.1:4566');
const named = (name: string, code?: string): Error =>
  Object.assign(new Error('words of AWS'), { name }, code === undefined ? {} : { code });

describe('clientConfig', () => {
  it("leaves the credentials to the person's own settings", () => {
    expect(clientConfig(connection())).toEqual({ region: 'eu-west-1' });
  });

  it('never asks a real account for the local cloud', () => {
    expect(clientConfig(local)).toEqual({
      region: 'eu-west-1',
      endpoint: 'http://127.0.0.1:4566',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });
});

describe('asking', () => {
  it('passes an answer on', async () => {
    expect(await asking(connection(), Promise.resolve(1))).toBe(1);
  });

  it.each<[string, Error, string]>([
    ['missing credentials', named('CredentialsProviderError'), 'There are no AWS credentials for the stage staging.'],
    ['a missing sign-in', named('TokenProviderError'), 'There are no AWS credentials for the stage staging.'],
    ['credentials that expired', named('ExpiredTokenException'), 'AWS refused the credentials for the stage staging'],
    ['too few rights', named('AccessDenied'), 'AWS refused the credentials for the stage staging (AccessDenied).'],
    ['a name that is not found', named('Error', 'ENOTFOUND'), 'AWS cannot be reached in eu-west-1 (ENOTFOUND).'],
    ['no answer', named('TimeoutError'), 'AWS cannot be reached in eu-west-1 (TimeoutError).'],
  ])('says what to do about %s, and keeps the cause', async (_name, error, said) => {
    const failure = await rejectionOf(asking(connection(), Promise.reject(error)));

    expect(failure.problem).toContain(said);
    expect(failure.cause).toBe(error);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET'])('says that the local cloud does not answer: %s', async (code) => {
    const failure = await rejectionOf(asking(local, Promise.reject(named('Error', code))));

    expect(failure.problem).toBe('The local cloud does not answer.');
  });

  it('passes any other error on as it is', async () => {
    const error = named('ValidationError');

    await expect(asking(connection(), Promise.reject(error))).rejects.toBe(error);
  });
});

describe('apiUrl', () => {
  it('is the output of the stack', () => {
    expect(apiUrl(connection(), { ApiUrl: 'https://a', ApiId: 'x' })).toBe('https://a');
  });

  it('is an address of the local cloud itself', () => {
    expect(apiUrl(local, { ApiUrl: 'https://a', ApiId: 'x' })).toBe('http://127.0.0.1:4566/_aws/execute-api/x/staging');
  });

  it('is nothing for a stack without an API', () => {
    expect(apiUrl(connection(), {})).toBeUndefined();
    expect(apiUrl(local, {})).toBeUndefined();
  });
});

describe('localBucket', () => {
  it('has the name of the app', () => {
    expect(localBucket('aviary', { block: 'local', region: 'eu-west-1' })).toBe('aviary-artifacts-local-000000000000');
  });
});
