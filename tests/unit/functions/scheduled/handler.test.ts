import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { useEntryEnvironment } from '../../../support/runtime/entry-environment.ts';

const environment = {
  TABLE_NAME: 'table',
  INFO_TOPIC_ARN: 'arn:aws:sns:eu-west-1:000000000000:info',
};

describe('the entry of the scheduled function', () => {
  useEntryEnvironment('scheduled', environment);

  it('fails on an event that names no job, so that Lambda retries and then keeps it', async () => {
    const { handler } = await import('../../../../functions/scheduled/handler.ts');

    await expect(handler({ job: 'coffee' }, lambdaContext())).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('does not start without its environment, and names everything that is missing', async () => {
    process.env = { ...process.env, TABLE_NAME: '', INFO_TOPIC_ARN: '' };

    await expect(import('../../../../functions/scheduled/handler.ts')).rejects.toThrow('TABLE_NAME, INFO_TOPIC_ARN');
  });
});
