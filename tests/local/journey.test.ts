import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { PublishCommand } from '@aws-sdk/client-sns';
import { randomUUID } from 'node:crypto';
import type { OrderEvent } from '@shared/contracts/order-events';
import type { OrderTotals } from '@shared/orders/order-numbers';
import type { OrderView } from '@shared/orders/order-view';
import { windowOf } from '@shared/tallies/window';
import type { OrderPage } from '../../functions/orders/order-lists.ts';
import type { Order } from '../../functions/orders/order.ts';
import { functionNames, useStage } from '../support/aviary-stage.ts';
import type { Api } from '../support/http.ts';
import { logLines, type LogLine } from '../support/http-logs.ts';
import { aLine } from '../support/runtime/an-order.ts';
import { anOrderEvent } from '../support/runtime/an-order-event.ts';
import { eventually } from '../support/runtime/eventually.ts';
import { orderMessages, streamed, type OrderMessages } from '../support/runtime/order-messages.ts';
import { readDeadLetters } from '../support/runtime/read-dead-letters.ts';

interface Windows {
  readonly items: readonly (OrderTotals & { readonly from: string })[];
}

describe('an order, from its user to the analytics', () => {
  const stage = useStage();
  let api: Api;
  let messages: OrderMessages;
  beforeAll(async () => {
    api = await stage().api();
    messages = orderMessages(stage().cloud.endpoint);
  });
  afterAll(() => {
    for (const client of Object.values(messages) as { destroy: () => void }[]) client.destroy();
  });

  const linesOf = (name: string): Promise<LogLine[]> =>
    logLines(stage().cloud.endpoint, `/aws/lambda/aviary-${name}-local`);
  /** What every function has logged, each line with the name of the function. */
  const allLines = async (): Promise<(LogLine & { readonly name: string })[]> => {
    const all = await Promise.all(
      functionNames.map(async (name) => (await linesOf(name)).map((line) => ({ ...line, name }))),
    );
    return all.flat();
  };

  describe('that is placed, paid and shipped', () => {
    const correlationId = `journey-${randomUUID()}`;
    const headers = { 'x-correlation-id': correlationId };
    const email = `${randomUUID()}@example.com`;
    let userId: string;
    let shipped: Order;
    let told: OrderEvent[];

    beforeAll(async () => {
      userId = (await api<{ id: string }>('POST', '/users', { body: { email, name: 'Ada' }, headers })).body.data.id;
      const body = { userId, lines: [aLine(), aLine({ sku: 'SEED', quantity: 3 })] };
      const { id } = (await api<Order>('POST', '/orders', { body, headers })).body.data;
      await api('POST', `/orders/${id}/pay`, { headers });
      shipped = (await api<Order>('POST', `/orders/${id}/ship`, { headers })).body.data;
      told = await eventually(
        async () => (await streamed(messages, 'aviary-order-events-local')).filter(({ order }) => order.id === id),
        (events) => events.length === 3,
      );
    });

    const includes = (ids: unknown): boolean => Array.isArray(ids) && ids.includes(correlationId);
    const view = (): OrderView => {
      const { lines, ...rest } = shipped;
      return { ...rest, lineCount: lines.length };
    };
    const list = async (query: string): Promise<readonly OrderView[]> =>
      (await api<OrderPage>('GET', `/orders?${query}`)).body.data.items;

    it('is in the list of its user and in that of its status, as it is', async () => {
      const isThere = (items: readonly OrderView[]) => items.some(({ version }) => version === shipped.version);

      const ofUser = await eventually(() => list(`userId=${userId}`), isThere);
      const inStatus = await eventually(() => list('status=shipped'), isThere);
      const [placed, paid] = [await list('status=placed'), await list('status=paid')];

      expect(shipped).toMatchObject({ status: 'shipped', version: 3, total: { amount: 6495, currency: 'EUR' } });
      expect(ofUser).toEqual([view()]);
      expect(inStatus).toEqual([view()]);
      expect([placed, paid]).toEqual([[], []]);
    });

    it('is told of on the stream, once for each event, in order', () => {
      expect(told.map(({ type, correlationId: of, order }) => [type, of, order.version, order.status])).toEqual([
        ['OrderPlaced', correlationId, 1, 'placed'],
        ['OrderPaid', correlationId, 2, 'paid'],
        ['OrderShipped', correlationId, 3, 'shipped'],
      ]);
      expect(told.map(({ order }) => order.total)).toEqual([shipped.total, shipped.total, shipped.total]);
    });

    it('is mailed of, once for each event', async () => {
      const mails = await eventually(
        async () => (await linesOf('notifications')).filter(({ log_code }) => log_code === 'MAIL_LOGGED'),
        (found) => found.length >= 3,
      );

      expect(mails.map(({ to }) => to)).toEqual([email, email, email]);
      expect(mails.map(({ subject }) => subject).sort()).toEqual([
        'We have your order',
        'We have your payment',
        'Your order is on its way',
      ]);
    });

    it('is counted once, in the window in which it was placed', async () => {
      const from = windowOf(shipped.createdAt);
      const query = new URLSearchParams({ from, to: windowOf(from, 1) }).toString();

      const { items } = await eventually(
        async () => (await api<Windows>('GET', `/analytics/orders?${query}`)).body.data,
        (found) => found.items.length > 0,
      );

      const { amount, currency } = shipped.total;
      const totals = { currency, orders: 1, revenue: amount, average: amount };
      expect(items).toEqual([{ from, to: windowOf(from, 1), orders: 1, currencies: [totals] }]);
    });

    it('is found by the one correlation id in the log of every function on its way, and under no other', async () => {
      const about = [shipped.id, ...told.map(({ eventId }) => eventId)];
      const own = (lines: Awaited<ReturnType<typeof allLines>>) =>
        lines.filter((line) => about.some((id) => JSON.stringify(line).includes(id)));
      const handled = (lines: Awaited<ReturnType<typeof allLines>>) =>
        own(lines).filter(({ log_code }) => log_code === 'MAIL_HANDLED');

      const all = await eventually(allLines, (lines) => handled(lines).length >= 3);

      const found = all.filter(
        ({ correlation_id, correlation_ids }) => correlation_id === correlationId || includes(correlation_ids),
      );
      const requests = found.filter(({ name }) => name === 'orders');
      expect([...new Set(found.map(({ name }) => name))].sort()).toEqual([
        // At the first request: the gateway keeps its answer.
        'authorizer',
        'notifications',
        'order-stream',
        'orders',
        'table-stream',
        'users',
      ]);
      expect(own(all).filter((line) => !found.includes(line))).toEqual([]);
      expect([...new Set(own(all).map(({ name }) => name))].sort()).toEqual([
        'notifications',
        'order-stream',
        'orders',
        'table-stream',
      ]);
      expect(requests.filter(({ log_code }) => log_code === 'INVOCATION_HANDLED').map(({ route }) => route)).toEqual([
        'POST /orders',
        'POST /orders/{id}/pay',
        'POST /orders/{id}/ship',
      ]);
      expect(all.filter(({ level }) => level === 'ERROR')).toEqual([]);
    });
  });

  describe('event of a newer version', () => {
    const newer = (correlationId: string): string =>
      JSON.stringify({ ...anOrderEvent({ correlationId }), schemaVersion: 2 });
    const parkedBy = (name: string) =>
      eventually(
        () => readDeadLetters(messages.sqs, `${stage().cloud.endpoint}/000000000000/aviary-${name}-dlq-local`),
        (found) => found.length > 0,
      );
    const alertOf = async (name: string): Promise<LogLine[]> => {
      const isAlert = ({ log_code }: LogLine) => log_code === 'RECORD_NEWER';
      return (
        await eventually(
          () => linesOf(name),
          (lines) => lines.some(isAlert),
        )
      ).filter(isAlert);
    };

    it('is kept for a person, byte for byte, and alerted of, where it comes on the topic', async () => {
      const Message = newer('newer-1');
      const TopicArn = 'arn:aws:sns:eu-west-1:000000000000:aviary-order-events-local';

      await messages.sns.send(new PublishCommand({ TopicArn, Message }));

      const parked = await parkedBy('notifications');
      expect(parked.map(({ cause, body }) => [cause, Buffer.from(body).toString()])).toEqual([
        ['NEWER_VERSION', Message],
      ]);
      await expect(alertOf('notifications')).resolves.toMatchObject([{ level: 'ERROR', correlation_id: 'newer-1' }]);
    });

    it('is kept for a person, byte for byte, and alerted of, where it comes on the stream; later ones are counted', async () => {
      const late = anOrderEvent({ occurredAt: '2025-03-01T12:01:00.000Z' });
      const poison = newer('newer-2');
      const put = (data: string) =>
        messages.kinesis.send(
          new PutRecordCommand({
            StreamName: 'aviary-order-events-local',
            PartitionKey: 'one',
            Data: Buffer.from(data),
          }),
        );

      await put(poison);
      await put(JSON.stringify(late));

      const parked = await parkedBy('order-stream');
      expect(parked.map(({ cause, body }) => [cause, Buffer.from(body).toString()])).toEqual([
        ['NEWER_VERSION', poison],
      ]);
      await expect(alertOf('order-stream')).resolves.toMatchObject([{ level: 'ERROR', correlation_id: 'newer-2' }]);
      const query = 'from=2025-03-01T12:00:00Z&to=2025-03-01T12:05:00Z';
      const counted = await eventually(
        async () => (await api<Windows>('GET', `/analytics/orders?${query}`)).body.data.items,
        (items) => items.length > 0,
      );
      expect(counted).toMatchObject([{ orders: 1 }]);
    });
  });
});
