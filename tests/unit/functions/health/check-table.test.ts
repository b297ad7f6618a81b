import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tableCheck } from '../../../../functions/health/check-table.ts';

const client = (send: (command: { input: unknown }, options: unknown) => Promise<unknown>): DynamoDBDocumentClient =>
  ({ send }) as unknown as DynamoDBDocumentClient;

describe('tableCheck', () => {
  it('passes when the table answers, and hands the signal on', async () => {
    const { signal } = new AbortController();
    const calls: unknown[] = [];
    const check = tableCheck(
      client((command, options) => {
        calls.push(command.input, options);
        return Promise.resolve({});
      }),
      'the-table',
    );

    await check.run(signal);

    expect(calls).toEqual([expect.objectContaining({ TableName: 'the-table' }), { abortSignal: signal }]);
  });

  it('fails when the table does not answer', async () => {
    const down = new Error('down');
    const check = tableCheck(
      client(() => Promise.reject(down)),
      'the-table',
    );

    await expect(check.run(new AbortController().signal)).rejects.toBe(down);
  });
});
