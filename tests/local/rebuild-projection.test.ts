import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { orderEvent, type OrderEvent } from '@shared/contracts/order-events';
import { viewItem, viewKey, type OrderView } from '@shared/orders/order-view';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderPage } from '../../functions/orders/order-lists.ts';
import type { Order } from '../../functions/orders/order.ts';
import type { Rebuilt } from '../../tools/projection/rebuild-projection.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';
import type { Api } from '../support/http.ts';
import { awaitLogLines } from '../support/http-logs.ts';
import { aLine } from '../support/runtime/an-order.ts';
import {
  drained,
  hear,
  makeQueue,
  orderMessages,
  streamed,
  type OrderMessages,
} from '../support/runtime/order-messages.ts';
import { documentClientAt } from '../support/runtime/order-tables.ts';

describe('the lists of orders in the deployed stack', () => {
  const stage = useStage();
  let api: Api;
  let messages: OrderMessages;
  let heardUrl: string;
  let userId: string;
  beforeAll(async () => {
    api = await stage().api();
    messages = orderMessages(stage().cloud.endpoint);
    heardUrl = await makeQueue(messages.sqs, 'heard');
    await hear(messages, 'arn:aws:sns:eu-west-1:000000000000:aviary-order-events-local', 'heard');
    const body = { email: `${randomUUID()}@example.com`, name: 'Ada' };
    userId = (await api<{ id: string }>('POST', '/users', { body })).body.data.id;
  });
  afterAll(() => {
    for (const client of Object.values(messages) as { destroy: () => void }[]) client.destroy();
  });

  const place = async (headers: Record<string, string> = {}): Promise<Order> =>
    (await api<Order>('POST', '/orders', { body: { userId, lines: [aLine()] }, headers })).body.data;
  const list = async (query = `userId=${userId}&limit=100`): Promise<readonly OrderView[]> =>
    (await api<OrderPage>('GET', `/orders?${query}`)).body.data.items;
  /** The list, once it is as wanted: it follows the writes a moment later. */
  const listOnce = async (wanted: (items: readonly OrderView[]) => boolean, query?: string) => {
    for (let attempt = 0; ; attempt += 1) {
      const items = await list(query);
      if (wanted(items) || attempt === 200) return items;
      await sleep(50);
    }
  };
  const viewOfOrder = ({ lines, ...order }: Order): OrderView => ({ ...order, lineCount: lines.length });

  it('follow what is written, by user and by status, in pages', async () => {
    const orders = [await place(), await place(), await place()];
    const [first] = orders;
    const paid = (await api<Order>('POST', `/orders/${first?.id ?? ''}/pay`)).body.data;

    const items = await listOnce((found) => found.some(({ status }) => status === 'paid') && found.length === 3);
    const inStatus = await list('status=paid');

    const newestFirst = [...orders.slice(1).toReversed(), paid];
    expect(items).toEqual(newestFirst.map(viewOfOrder));
    expect(inStatus).toEqual([viewOfOrder(paid)]);
    const one = await api<OrderPage & { nextCursor: string }>('GET', `/orders?userId=${userId}&limit=2`);
    const two = await list(`userId=${userId}&limit=2&cursor=${one.body.data.nextCursor}`);
    expect([...one.body.data.items, ...two]).toEqual(items);
  });

  it('are told of, by stream and by topic, under the correlation id of the command', async () => {
    const correlationId = `test-${randomUUID()}`;

    const { id } = await place({ 'x-correlation-id': correlationId });

    await listOnce((found) => found.some((view) => view.id === id));
    const group = '/aws/lambda/aviary-table-stream-local';
    const lines = await awaitLogLines(stage().cloud.endpoint, group, (all) =>
      all.some((line) => line['correlation_id'] === correlationId),
    );
    const own = (events: readonly OrderEvent[]) => events.filter((event) => event.order.id === id);
    const told = own(await streamed(messages, 'aviary-order-events-local'));
    const heard = own((await drained(messages, heardUrl)).map((body) => orderEvent.parse(body)));
    expect(told).toEqual([expect.objectContaining({ type: 'OrderPlaced', correlationId })]);
    expect(heard).toEqual(told);
    expect(lines.find((line) => line['correlation_id'] === correlationId)).toMatchObject({ order_id: id, version: 1 });
  });

  it('are made anew by one command, without what does not belong in them', async () => {
    const before = await list();
    const client = documentClientAt(stage().cloud.endpoint);
    const [view] = before;
    if (view === undefined) throw new Error('There are orders');
    const stray = { ...view, id: randomUUID(), version: 7 };
    await client.send(new PutCommand({ TableName: 'aviary-main-local', Item: viewItem('first', stray) }));
    const spoilt = await list();

    const args = ['rebuild-projection', 'orders', '--keep-old', '0'];
    const result = await aviaryJson<Rebuilt>(stage().clone.root, args);

    const gone = await client.send(new GetCommand({ TableName: 'aviary-main-local', Key: viewKey('first', view.id) }));
    client.destroy();
    expect(spoilt).toHaveLength(before.length + 1);
    expect(await list()).toEqual(before);
    expect(gone.Item).toBeUndefined();
    expect(result).toMatchObject({ projection: 'orders', unreadable: 0, removed: before.length + 1 });
    expect(result.events).toBeGreaterThan(before.length);
  });

  it('go on after that', async () => {
    const { id } = await place();

    const items = await listOnce((found) => found.some((view) => view.id === id));

    expect(items[0]?.id).toBe(id);
  });

  it('are told of to people in a sentence, with the progress beside it', async () => {
    const { code, stdout, stderr } = await aviary(stage().clone.root, [
      'rebuild-projection',
      'orders',
      '--keep-old',
      '0',
    ]);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^orders: \d+ events read, 0 of them unreadable; live is [0-9a-f-]{36}; \d+ old items removed\.\n$/,
    );
    expect(stderr).toMatch(/Rebuilding orders …\n {2}\d+ events read\n/);
  });

  it.each([
    [['rebuild-projection'], 'Which projection?\nThere are orders.'],
    [['rebuild-projection', 'order'], 'There is no projection order.\nDid you mean orders?'],
    [['rebuild-projection', 'orders', '--keep-old', 'long'], '--keep-old long is no number of seconds.'],
  ])('are left alone by %j, which says what is wrong', async (args, message) => {
    const { code, stderr } = await aviary(stage().clone.root, args);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
