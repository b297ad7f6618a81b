import { lambdaContext } from '../../../support/runtime/lambda-context.ts';

const environment = {
  STAGE: 'test',
  POWERTOOLS_METRICS_NAMESPACE: 'aviary',
  POWERTOOLS_SERVICE_NAME: 'scheduled',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  TABLE_NAME: 'table',
  INFO_TOPIC_ARN: 'arn:aws:sns:eu-west-1:000000000000:info',
  AWS_REGION: 'eu-west-1',
};

describe('the entry of the scheduled function', () => {
  const before = process.env;

  beforeEach(() => {
    process.env = { ...before, ...environment };
    jest.resetModules();
  });

  afterEach(() => {
    process.env = before;
  });

  it('fails on an event that names no job, so that Lambda retries and then keeps it', async () => {
    const { handler } = await import('../../../../functions/scheduled/handler.ts');

    await expect(handler({ job: 'coffee' }, lambdaContext())).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('does not start without its environment, and names everything that is missing', async () => {
    process.env = { ...process.env, TABLE_NAME: '', INFO_TOPIC_ARN: '' };

    await expect(import('../../../../functions/scheduled/handler.ts')).rejects.toThrow('TABLE_NAME, INFO_TOPIC_ARN');
  });
});
