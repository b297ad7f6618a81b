import { kinesisEvent } from '../../../support/runtime/kinesis-windows.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';

const environment = {
  STAGE: 'test',
  POWERTOOLS_SERVICE_NAME: 'order-stream',
  POWERTOOLS_METRICS_NAMESPACE: 'aviary',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  TABLE_NAME: 'table',
  DEAD_LETTERS_URL: 'http://127.0.0.1:1/dead',
  CRITICAL_TOPIC_ARN: 'arn:aws:sns:eu-west-1:000000000000:critical',
  AWS_REGION: 'eu-west-1',
};

describe('the entry of the order-stream function', () => {
  const before = process.env;

  beforeEach(() => {
    process.env = { ...before, ...environment };
    jest.resetModules();
  });

  afterEach(() => {
    process.env = before;
  });

  it('takes a batch of nothing, and calls nobody', async () => {
    const { handler } = await import('../../../../functions/order-stream/handler.ts');

    await expect(handler(kinesisEvent(), lambdaContext())).resolves.toMatchObject({ batchItemFailures: [] });
  });

  it('does not start without its environment, and names everything that is missing', async () => {
    process.env = { ...process.env, DEAD_LETTERS_URL: '', CRITICAL_TOPIC_ARN: '' };

    await expect(import('../../../../functions/order-stream/handler.ts')).rejects.toThrow(
      'Missing environment variables: DEAD_LETTERS_URL, CRITICAL_TOPIC_ARN',
    );
  });
});
