import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { useEntryEnvironment } from '../../../support/runtime/entry-environment.ts';

describe('the entry of the processor function', () => {
  useEntryEnvironment('processor');

  it('creates the same entity again when Lambda repeats a request', async () => {
    const { handler } = await import('../../../../functions/processor/handler.ts');
    const event = { action: 'create', data: { name: 'Ada' } };

    const first = await handler(event, lambdaContext('request-1'));
    const again = await handler(event, lambdaContext('request-1'));

    expect(again.id).toBe(first.id);
  });

  it('fails on a bad event, so that a caller is told and Lambda retries', async () => {
    const { handler } = await import('../../../../functions/processor/handler.ts');

    await expect(handler({ action: 'update', data: {} }, lambdaContext())).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('data.id') as string,
    });
  });
});
