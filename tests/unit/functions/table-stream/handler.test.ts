import type { DirectHandler } from '@shared/invocation/direct-handler';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';

const environment = {
  STAGE: 'test',
  POWERTOOLS_SERVICE_NAME: 'table-stream',
  POWERTOOLS_METRICS_NAMESPACE: 'aviary',
  POWERTOOLS_LOG_LEVEL: 'DEBUG',
  TABLE_NAME: 'table',
  EVENTS_TABLE_NAME: 'events',
  ORDER_STREAM_NAME: 'stream',
  ORDER_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:topic',
  DEAD_LETTERS_URL: 'http://127.0.0.1:9/queue',
  AWS_REGION: 'eu-west-1',
  POWERTOOLS_DEV: 'true',
  POWERTOOLS_METRICS_DISABLED: 'true',
};

const load = async (): Promise<DirectHandler<unknown>> =>
  (await import('../../../../functions/table-stream/handler.ts')).handler;

describe('the entry of the table-stream function', () => {
  const before = process.env;

  beforeEach(() => {
    process.env = { ...before, ...environment };
    jest.resetModules();
  });

  afterEach(() => {
    process.env = before;
    jest.restoreAllMocks();
  });

  it('takes anything that is no batch for a step of a rebuild, and refuses what is none', async () => {
    for (const method of ['debug', 'info', 'log'] as const) jest.spyOn(console, method).mockReturnValue();
    const handler = await load();

    await expect(handler({ rebuild: 'users', step: 'begin' }, lambdaContext())).rejects.toThrow(/^rebuild: /);
  });

  it('does not start without its environment, and names everything that is missing', async () => {
    process.env = { ...before, ...environment, ORDER_TOPIC_ARN: '', DEAD_LETTERS_URL: '' };

    await expect(load()).rejects.toThrow('Missing environment variables: ORDER_TOPIC_ARN, DEAD_LETTERS_URL');
  });
});
