import { apiEvent } from '../../../support/runtime/api-event.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { useEntryEnvironment } from '../../../support/runtime/entry-environment.ts';

const environment = {
  TABLE_NAME: 'table',
};

describe('the entry of the analytics function', () => {
  useEntryEnvironment('analytics', environment);

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
