import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { eventItem } from '@shared/orders/event-items';
import { viewKey } from '@shared/orders/order-view';
import { firstGeneration } from '@shared/orders/projection-pointer';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Replayed } from '../../tools/dlq/replay.ts';
import type { Shown } from '../../tools/dlq/stage-letters.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';
import { awaitLogLines } from '../support/http-logs.ts';
import { anOrderEvent } from '../support/runtime/an-order-event.ts';
import { changedOften, eventsOf } from '../support/runtime/an-order.ts';
import { eventually } from '../support/runtime/eventually.ts';

/** Events of a version that the code does not know yet, one for each kind of source. */
const newer = <Event extends object>(event: Event | undefined): Event & { schemaVersion: number } => {
  if (event === undefined) throw new Error('There is an event.');
  return { ...event, schemaVersion: 2 };
};

describe('aviary dlq of what functions have parked', () => {
  const stage = useStage();
  const dlq = <T>(...args: string[]): Promise<T> => aviaryJson<T>(stage().clone.root, ['dlq', ...args]);
  const queueUrl = (name: string): string => `${stage().cloud.endpoint}/000000000000/aviary-${name}-local`;
  const logOf = (name: string, has: Record<string, unknown>) =>
    awaitLogLines(stage().cloud.endpoint, `/aws/lambda/aviary-${name}-local`, (all) =>
      all.some((line) => Object.entries(has).every(([key, value]) => line[key] === value)),
    );
  const [mailed, counted] = [newer(anOrderEvent()), newer(anOrderEvent())];
  const stored = newer(eventsOf(changedOften(0))[0]);
  let table: DynamoDBDocumentClient;

  beforeAll(async () => {
    table = DynamoDBDocumentClient.from(new DynamoDBClient(stage().client));
    const sqs = new SQSClient(stage().client);
    const kinesis = new KinesisClient({ ...stage().client, requestHandler: new NodeHttpHandler() });
    const send = new SendMessageCommand({ QueueUrl: queueUrl('notifications'), MessageBody: JSON.stringify(mailed) });
    await sqs.send(send);
    await kinesis.send(
      new PutRecordCommand({
        StreamName: 'aviary-order-events-local',
        PartitionKey: counted.order.id,
        Data: Buffer.from(JSON.stringify(counted)),
      }),
    );
    await table.send(new PutCommand({ TableName: 'aviary-events-local', Item: eventItem(stored) }));
    // What Lambda leaves of a batch that failed for too long.
    const MessageBody = JSON.stringify({ DDBStreamBatchInfo: { shardId: 'shardId-1', startSequenceNumber: '1' } });
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('table-stream-dlq'), MessageBody }));
    sqs.destroy();
    kinesis.destroy();
  });
  afterAll(() => {
    table.destroy();
  });

  const parkers = ['notifications', 'order-stream', 'table-stream'] as const;

  it.each(parkers)('shows what %s has parked, with its cause', async (name) => {
    const shown = await eventually(
      () => dlq<Shown[]>('show', name),
      (all) => all.some(({ parked }) => parked !== undefined),
    );

    const [letter] = shown.filter(({ parked }) => parked !== undefined);
    expect(letter?.cause).toBe('NEWER_VERSION schemaVersion 2 is newer than 1');
    await expect(logOf(name, { log_code: 'RECORD_NEWER' })).resolves.toContainEqual(
      expect.objectContaining({ log_code: 'RECORD_NEWER', cause: 'NEWER_VERSION' }),
    );
  });

  it('parks once more what is still poison, and loses nothing', async () => {
    const results = await dlq<Replayed[]>('replay', 'order-stream');

    expect(results).toMatchObject([{ result: 'replayed', replays: 0 }]);
    await expect(dlq('show', 'order-stream')).resolves.toMatchObject([
      { payload: JSON.stringify(counted), replays: 1, cause: 'NEWER_VERSION schemaVersion 2 is newer than 1' },
    ]);
  });

  it('heals them once the code knows the version', async () => {
    const [contract, is, becomes] = ['layers/shared/src/contracts/order-events.ts', 'Version = 1;', 'Version = 2;'];
    stage().clone.edit(contract, is, becomes);
    await stage().deploy();

    const results = [];
    for (const name of parkers) results.push(await dlq<Replayed[]>('replay', name));

    expect(results.map((all) => all.map(({ result }) => result).sort())).toEqual([
      ['replayed'],
      ['replayed'],
      ['no record', 'replayed'],
    ]);
    const mails = await logOf('notifications', { log_code: 'MAIL_HANDLED', eventId: mailed.eventId });
    expect(mails).toContainEqual(expect.objectContaining({ eventId: mailed.eventId, outcome: 'noRecipient' }));
    const get = (Key: object) => table.send(new GetCommand({ TableName: 'aviary-main-local', Key: { ...Key } }));
    const mark = await get({ pk: `COUNTED#orders#${counted.eventId}`, sk: 'COUNTED' });
    expect(mark.Item).toBeDefined();
    const view = await get(viewKey(firstGeneration, stored.order.id));
    expect(view.Item).toMatchObject({ id: stored.order.id, version: 1 });
    for (const name of ['notifications', 'order-stream']) await expect(dlq('show', name)).resolves.toEqual([]);
  });

  it('says what to do with a message that has no record in it', async () => {
    const { code, stdout } = await aviary(stage().clone.root, ['dlq', 'replay', 'table-stream']);

    expect([code, stdout]).toEqual([0, expect.stringContaining('read the stream again from there')]);
  });
});
