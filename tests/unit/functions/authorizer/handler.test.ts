import sample from '../../../../functions/authorizer/events/bearer-token.json';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { useEntryEnvironment } from '../../../support/runtime/entry-environment.ts';

const environment = {
  STAGE_ISSUER: 'urn:aviary:local',
  STAGE_AUDIENCE: 'aviary-local',
  SIGNING_KEYS_SECRET_NAME: 'secret',
  SECURITY_STREAM_NAME: 'stream',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  // Nothing listens on the discard port: neither the secret nor the stream is there.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
};

describe('the entry of the authorizer', () => {
  useEntryEnvironment('authorizer', environment);

  it('lets nobody through without the secret', async () => {
    const { handler } = await import('../../../../functions/authorizer/handler.ts');

    await expect(handler(sample, lambdaContext())).rejects.toThrow('cannot be told');
  });

  it('refuses what is no token, though the stream is away', async () => {
    const { handler } = await import('../../../../functions/authorizer/handler.ts');
    const event = { ...sample, multiValueHeaders: { authorization: ['Bearer none'] } };

    await expect(handler(event, lambdaContext())).rejects.toThrow(new Error('Unauthorized'));
  });

  it('does not start without its environment, and names everything that is missing', async () => {
    process.env = { ...process.env, STAGE_ISSUER: '', SECURITY_STREAM_NAME: '' };

    await expect(import('../../../../functions/authorizer/handler.ts')).rejects.toThrow(
      'Missing environment variables: STAGE_ISSUER, SECURITY_STREAM_NAME',
    );
  });
});
