import type { DirectHandler } from '@shared/invocation/direct-handler';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { useEntryEnvironment } from '../../../support/runtime/entry-environment.ts';

const environment = {
  POWERTOOLS_LOG_LEVEL: 'DEBUG',
  TABLE_NAME: 'table',
  EVENTS_TABLE_NAME: 'events',
  ORDER_STREAM_NAME: 'stream',
  ORDER_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:topic',
  DEAD_LETTERS_URL: 'http://127.0.0.1:9/queue',
  POWERTOOLS_DEV: 'true',
};

const load = async (): Promise<DirectHandler<unknown>> =>
  (await import('../../../../functions/table-stream/handler.ts')).handler;

describe('the entry of the table-stream function', () => {
  useEntryEnvironment('table-stream', environment);

  it('takes anything that is no batch for a step of a rebuild, and refuses what is none', async () => {
    for (const method of ['debug', 'info', 'log'] as const) jest.spyOn(console, method).mockReturnValue();
    const handler = await load();

    await expect(handler({ rebuild: 'users', step: 'begin' }, lambdaContext())).rejects.toThrow(/^rebuild: /);
  });

  it('does not start without its environment, and names everything that is missing', async () => {
    process.env = { ...process.env, ORDER_TOPIC_ARN: '', DEAD_LETTERS_URL: '' };

    await expect(load()).rejects.toThrow('Missing environment variables: ORDER_TOPIC_ARN, DEAD_LETTERS_URL');
  });
});
