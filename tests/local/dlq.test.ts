// Needs the sample domain, and goes with it: aviary begin.
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Replayed } from '../../tools/dlq/replay.ts';
import type { Shown } from '../../tools/dlq/stage-letters.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';
import { awaitLogLines } from '../support/http-logs.ts';
import { putDeadLetter } from '../support/put-dead-letter.ts';

interface Depth {
  readonly name: string;
  readonly messages: number;
}

describe('aviary dlq', () => {
  const stage = useStage();
  const fail = (event: unknown): Promise<void> => putDeadLetter(stage().client, event);
  const dlq = <T>(...args: string[]): Promise<T> => aviaryJson<T>(stage().clone.root, ['dlq', ...args]);
  const messages = async (): Promise<number | undefined> =>
    (await dlq<Depth[]>('list')).find(({ name }) => name === 'processor')?.messages;
  const poison = { action: 'create', data: { id: 'healed-1', name: '' }, correlationId: 'healed-1' };

  it('shows what failed and why, twice, and consumes nothing', async () => {
    await fail(poison);

    const [first, second] = [await dlq<Shown[]>('show', 'processor'), await dlq<Shown[]>('show', 'processor')];

    expect(first).toMatchObject([{ payload: JSON.stringify(poison), cause: '200 data.name: too small', replays: 0 }]);
    expect(second).toEqual(first);
    await expect(messages()).resolves.toBe(1);
  });

  it('says what it would send again, and what it would delete, and does neither', async () => {
    const { root } = stage().clone;

    const would = await dlq<Replayed[]>('replay', 'processor', '--dry-run');
    const purge = await aviary(root, ['dlq', 'purge', 'processor']);

    expect(would).toMatchObject([{ result: 'would be replayed', replays: 0 }]);
    expect([purge.code, purge.stdout]).toEqual([1, expect.stringContaining('Nothing was deleted')]);
    await expect(messages()).resolves.toBe(1);
  });

  it('heals what failed once the function is mended, and tells everybody that it was sent again', async () => {
    const { clone, cloud } = stage();
    clone.edit('functions/processor/schema.ts', 'z.string().trim().min(1).max(200)', 'z.string().trim().max(200)');
    await stage().deploy('--only', 'processor');

    const results = await dlq<Replayed[]>('replay', 'processor', '--rate', '100');

    const group = '/aws/lambda/aviary-processor-local';
    const lines = await awaitLogLines(cloud.endpoint, group, (all) =>
      all.some((line) => line['correlation_id'] === 'healed-1' && line['log_code'] === 'INVOCATION_HANDLED'),
    );
    expect(lines.length).toBeGreaterThan(0);
    expect(results).toMatchObject([{ result: 'replayed', replays: 0 }]);
    await expect(messages()).resolves.toBe(0);
    await fail(poison);
    await expect(dlq('show', 'processor')).resolves.toMatchObject([{ replays: 1 }]);
    const client = new DynamoDBClient(stage().client);
    const hash = (await dlq<Shown[]>('show', 'processor'))[0]?.hash ?? '';
    const Key = { pk: { S: 'REPLAY#processor' }, sk: { S: hash } };
    const { Item } = await client.send(new GetItemCommand({ TableName: 'aviary-main-local', Key }));
    client.destroy();
    expect(Number(Item?.['expiresAt']?.N)).toBeGreaterThan(Date.now() / 1000);
  });

  it('sends no message again more than three times, unless it is forced', async () => {
    const results: string[] = [];

    for (const args of [[], [], [], ['--force']]) {
      const [one] = await dlq<Replayed[]>('replay', 'processor', ...args);
      results.push(one?.result ?? 'none');
      if (one?.result === 'replayed') await fail(poison);
    }

    expect(results).toEqual(['replayed', 'replayed', 'stays', 'replayed']);
  });

  it('deletes all with --yes', async () => {
    const answer = await dlq('purge', 'processor', '--yes');

    expect(answer).toEqual({ purged: 1 });
    await expect(messages()).resolves.toBe(0);
  });

  it.each([
    [['list', 'processor'], 'There is no place for processor.'],
    [
      ['replay', 'processor', '--max', '1.5'],
      '--max 1.5 is nothing to go by.\nTake a number above 0, such as --max 5.',
    ],
    [['replay', 'processor', '--rate', '0'], '--rate 0 is nothing to go by.'],
  ])('does nothing for %j, and says what is wrong', async (args, said) => {
    const { code, stderr } = await aviary(stage().clone.root, ['dlq', ...args]);

    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it('names the functions that have such a queue, where another is asked for', async () => {
    const { code, stderr } = await aviary(stage().clone.root, ['dlq', 'show', 'procesor']);

    expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean processor?')]);
  });
});
