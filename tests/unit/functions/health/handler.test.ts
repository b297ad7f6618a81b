import { apiEvent, envelopeOf } from '../../../support/runtime/api-event.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { useEntryEnvironment } from '../../../support/runtime/entry-environment.ts';

const environment = {
  TABLE_NAME: 'table',
  RELEASE: 'r1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  // Nothing listens on the discard port: the table is out of reach.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
};

describe('the entry of the health function', () => {
  useEntryEnvironment('health', environment);

  it('answers 503 and still tells what runs when the table is out of reach', async () => {
    const { handler } = await import('../../../../functions/health/handler.ts');

    const result = await handler(apiEvent(), lambdaContext());

    expect(result.statusCode).toBe(503);
    expect(envelopeOf(result).data).toMatchObject({
      stage: 'test',
      release: 'r1',
      commit: 'unreleased',
      checks: [{ name: 'table', ok: false }],
    });
  });
});
