import { delimiter } from 'node:path';
import { withPath } from '../../../../tools/lib/python-tools.ts';
import { localEnvironment } from '../../../../tools/local/environment.ts';

describe('the environment of what talks to the local cloud', () => {
  test("has none of the person's AWS settings", () => {
    const own = {
      AWS_PROFILE: 'production',
      AWS_SESSION_TOKEN: 'real',
      AWS_ACCESS_KEY_ID: 'real',
      AWS_ENDPOINT_URL_S3: 'https://elsewhere',
      aws_ca_bundle: 'x',
      SAM_CLI_POLL_DELAY: '5',
      HOME: '/home/me',
    };

    const environment = localEnvironment('http://127.0.0.1:4700', own);

    expect(Object.values(environment)).not.toContain('real');
    expect(Object.keys(environment).filter((name) => name in own)).toEqual(['HOME', 'AWS_ACCESS_KEY_ID']);
    expect(environment).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4700',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    });
  });

  test('goes past a proxy', () => {
    expect(localEnvironment('http://127.0.0.1:1', { NO_PROXY: 'intranet' })['NO_PROXY']).toBe(
      'intranet,127.0.0.1,localhost',
    );
  });
});

test('PATH has the given folders in front and behind', () => {
  expect(withPath({ PATH: '/usr/bin', A: 'b' }, ['/first'], ['/last'])).toEqual({
    PATH: ['/first', '/usr/bin', '/last'].join(delimiter),
    A: 'b',
  });
  expect(withPath({}, ['/first'])).toEqual({ PATH: '/first' });
});
