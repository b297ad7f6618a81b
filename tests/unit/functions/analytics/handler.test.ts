import { apiEvent } from '../../../support/runtime/api-event.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';

const environment = {
  STAGE: 'test',
  POWERTOOLS_METRICS_NAMESPACE: 'aviary',
  POWERTOOLS_SERVICE_NAME: 'analytics',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  TABLE_NAME: 'table',
  AWS_REGION: 'eu-west-1',
};

describe('the entry of the analytics function', () => {
  const before = process.env;

  beforeEach(() => {
    process.env = { ...before, ...environment };
    jest.resetModules();
  });

  afterEach(() => {
    process.env = before;
  });

  it('refuses a query without a range, and asks no table', async () => {
    const { handler } = await import('../../../../functions/analytics/handler.ts');

    const result = await handler(apiEvent({ resource: '/analytics/orders' }), lambdaContext());

    expect(result.statusCode).toBe(400);
  });

  it('does not start without its environment', async () => {
    process.env['TABLE_NAME'] = '';

    await expect(import('../../../../functions/analytics/handler.ts')).rejects.toThrow('TABLE_NAME');
  });
});
