import { kinesisEvent } from '../../support/runtime/kinesis-windows.ts';
import { lambdaContext } from '../../support/runtime/lambda-context.ts';
import { useEntryEnvironment } from '../../support/runtime/entry-environment.ts';

const environment = {
  TABLE_NAME: 'table',
  DEAD_LETTERS_URL: 'http://127.0.0.1:1/dead',
  CRITICAL_TOPIC_ARN: 'arn:aws:sns:eu-west-1:000000000000:critical',
};

describe.each([
  ['order-stream', () => import('../../../functions/order-stream/handler.ts')],
  ['user-activity', () => import('../../../functions/user-activity/handler.ts')],
  ['security-events', () => import('../../../functions/security-events/handler.ts')],
])('the entry of the %s function', (_name, load) => {
  useEntryEnvironment('a-stream', environment);

  it('takes a batch of nothing, and calls nobody', async () => {
    const { handler } = await load();

    await expect(handler(kinesisEvent(), lambdaContext())).resolves.toMatchObject({ batchItemFailures: [] });
  });

  it('does not start without its environment, and names what is missing', async () => {
    process.env['DEAD_LETTERS_URL'] = '';

    await expect(load()).rejects.toThrow('Missing environment variables: DEAD_LETTERS_URL');
  });
});
