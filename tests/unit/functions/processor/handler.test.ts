import { lambdaContext } from '../../../support/runtime/lambda-context.ts';

const environment = {
  STAGE: 'test',
  POWERTOOLS_SERVICE_NAME: 'processor',
  POWERTOOLS_METRICS_NAMESPACE: 'aviary',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
};

describe('the entry of the processor function', () => {
  const before = process.env;

  beforeEach(() => {
    process.env = { ...before, ...environment };
    jest.resetModules();
  });

  afterEach(() => {
    process.env = before;
  });

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
