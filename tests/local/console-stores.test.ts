// Needs the sample domain, and goes with it: aviary begin.
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import type { DeadLetterMessage, DeadLetterQueue, ReplayedMessage, Store, StorePage } from '../../tools/console/api.ts';
import { textOf } from '../../tools/lib/json.ts';
import { useStage } from '../support/aviary-stage.ts';
import { useConsole } from '../support/console/use-console.ts';
import { putDeadLetter } from '../support/put-dead-letter.ts';

const stage = useStage();
const served = useConsole(stage);

describe('stores of the console', () => {
  it('lists tables, queues, streams and topics, and which functions read them', async () => {
    const stores = await served().page.get<Store[]>('stores');

    expect(stores).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'table', name: 'aviary-events-local', readBy: ['table-stream'] }),
        { kind: 'queue', name: 'aviary-notifications-local', count: 0, readBy: ['notifications'] },
        { kind: 'stream', name: 'aviary-order-events-local', count: null, readBy: ['order-stream'] },
        { kind: 'topic', name: 'aviary-order-events-local', count: null, readBy: [] },
      ]),
    );
  });

  it('shows all items of a table, page by page, as data', async () => {
    const client = new DynamoDBClient(stage().client);
    const put = (at: number) => ({
      PutRequest: {
        Item: {
          ...{ pk: { S: 'CONSOLE' }, sk: { S: String(at) }, number: { N: '0.5' }, huge: { N: '9'.repeat(30) } },
          ...{
            words: { SS: ['a', 'b'] },
            bytes: { B: Buffer.from('hi') },
            inner: { M: { list: { L: [{ NULL: true }] } } },
          },
        },
      },
    });
    for (const from of [0, 20, 40]) {
      const items = Array.from({ length: 20 }, (_, at) => put(from + at));
      await client.send(new BatchWriteItemCommand({ RequestItems: { 'aviary-main-local': items } }));
    }
    client.destroy();

    const found: unknown[] = [];
    let pages = 0;
    for (let next: string | null = ''; next !== null; pages += 1) {
      const read: StorePage = await served().page.get<StorePage>(
        `stores/table/aviary-main-local?from=${next}`.replace(/\?from=$/, ''),
      );
      found.push(...read.items.filter(({ pk }) => pk === 'CONSOLE'));
      next = read.next;
    }

    expect([found.length, pages > 1]).toEqual([60, true]);
    expect(found).toContainEqual({
      ...{ pk: 'CONSOLE', sk: '7', number: 0.5, huge: '9'.repeat(30) },
      ...{ words: ['a', 'b'], bytes: 'aGk=', inner: { list: [null] } },
    });
  });

  it('shows the latest records of a stream, decoded', async () => {
    const client = new KinesisClient(stage().client);
    const StreamName = 'aviary-security-events-local';
    await client.send(new PutRecordCommand({ StreamName, PartitionKey: 'p', Data: Buffer.from('{"seen":1}') }));
    client.destroy();

    const { items } = await served().page.get<StorePage>(`stores/stream/${StreamName}`);

    expect(items[0]).toMatchObject({ partitionKey: 'p', data: { seen: 1 } });
  });

  it('shows who is told by a topic, and says of what is not there that it is not', async () => {
    const { items } = await served().page.get<StorePage>('stores/topic/aviary-order-events-local');

    expect(items).toMatchObject([
      { protocol: 'sqs', endpoint: expect.stringMatching(/:aviary-notifications-local$/) as string },
    ]);
    await expect(served().page.get('stores/table/none')).rejects.toThrow(/^404 .*There is no table none/);
  });
});

describe('dead letters of the console', () => {
  const queue = 'aviary-processor-dlq-local';
  const job = { action: 'create', data: { id: '1', name: 'Ada' }, correlationId: 'console-3' };
  const fail = (): Promise<void> => putDeadLetter(stage().client, job);
  const replay = (dryRun: boolean): Promise<ReplayedMessage[]> =>
    served().page.post<ReplayedMessage[]>(`dead-letters/${queue}/replay`, { dryRun, force: false });
  const depth = async (): Promise<number | undefined> =>
    (await served().page.get<DeadLetterQueue[]>('dead-letters')).find((it) => it.queue === queue)?.messages;

  it('are shown with their cause, in their queue as well, and stay there', async () => {
    await fail();

    const shown = await served().page.get<DeadLetterMessage[]>(`dead-letters/${queue}`);
    const { items } = await served().page.get<StorePage>(`stores/queue/${queue}`);

    expect(shown).toMatchObject([{ cause: '200 data.name: too small', payload: JSON.stringify(job), replays: 0 }]);
    expect(items).toMatchObject([
      {
        id: shown[0]?.id,
        body: job,
        attributes: { ErrorCode: '200', ErrorMessage: 'data.name: too small' },
      },
    ]);
    expect(Math.abs(Date.parse(shown[0]?.sentAt ?? '') - Date.parse(textOf(items[0]?.['sentAt'] ?? '')))).toBeLessThan(
      1000,
    );
    await expect(depth()).resolves.toBe(1);
  });

  it('are sent again, after a look at what would be', async () => {
    const results = [await replay(true), await depth(), await replay(false), await depth()];

    expect(results).toMatchObject([[{ result: 'would be replayed' }], 1, [{ result: 'replayed' }], 0]);
  });

  it('are deleted', async () => {
    await fail();

    await expect(served().page.post(`dead-letters/${queue}/purge`)).resolves.toEqual({ purged: 1 });
    await expect(depth()).resolves.toBe(0);
    await expect(served().page.post('dead-letters/aviary-notifications-local/purge')).rejects.toThrow(/^404 /);
  });
});
