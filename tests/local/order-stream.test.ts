import { snsAlerts } from '@shared/alerts/sns-alerts';
import type { Alert } from '@shared/alerts/alerts';
import { windowOf } from '@shared/tallies/window';
import { dynamoDbTallies } from '@shared/tallies/dynamodb-tallies';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { useStage } from '../support/aviary-stage.ts';
import type { Api } from '../support/http.ts';
import { alertsContract } from '../support/runtime/alerts-contract.ts';
import { anOrderEvent } from '../support/runtime/an-order-event.ts';
import { eventually } from '../support/runtime/eventually.ts';
import { makeTable } from '../support/runtime/make-table.ts';
import { readDeadLetters } from '../support/runtime/read-dead-letters.ts';
import { subscribeQueue } from '../support/runtime/subscribe-queue.ts';
import { talliesContract } from '../support/runtime/tallies-contract.ts';

interface Windows {
  readonly items: { readonly from: string; readonly orders: number; readonly currencies: unknown[] }[];
}

describe('the order stream in the local cloud', () => {
  const stage = useStage();
  let endpoint: string;
  let api: Api;

  beforeAll(async () => {
    api = await stage().api();
    endpoint = stage().cloud.endpoint;
  });

  const put = async (...data: unknown[]): Promise<void> => {
    const Records = data.map((it) => ({
      PartitionKey: randomUUID(),
      Data: Buffer.from(typeof it === 'string' ? it : JSON.stringify(it)),
    }));
    const StreamName = 'aviary-order-events-local';
    await new KinesisClient(stage().client).send(new PutRecordsCommand({ StreamName, Records }));
  };
  const windows = async (from: string, to: string): Promise<Windows> => {
    const query = new URLSearchParams({ from, to }).toString();
    return (await api<Windows>('GET', `/analytics/orders?${query}`)).body.data;
  };

  it('answers over HTTP what came through the stream, each order once, and parks what is no order', async () => {
    const [one, other] = [1_000, 2_001].map((amount, at) =>
      anOrderEvent({ occurredAt: `2025-03-0${at + 1}T12:0${at}:00Z`, order: { total: { amount, currency: 'EUR' } } }),
    );
    await put(one, one, 'no order', other);
    await put(other, one);
    const last = anOrderEvent({ occurredAt: '2025-03-01T12:04:59.999Z' });
    await put(last);

    // Another range each time: the past is answered from a cache, also while nothing has come.
    const ends = Array.from({ length: 100 }, (_, at) => new Date(Date.UTC(2025, 2, 1, 13, 5 * at)).toISOString());
    const seen = await eventually(
      () => windows('2025-03-01T00:00:00Z', ends.shift() ?? '2025-03-01T23:55:00Z'),
      ({ items }) => items[0]?.orders === 2,
    );

    const parked = await readDeadLetters(
      new SQSClient(stage().client),
      `${endpoint}/000000000000/aviary-order-stream-dlq-local`,
    );
    expect(seen.items).toEqual([
      {
        from: '2025-03-01T12:00:00.000Z',
        to: '2025-03-01T12:05:00.000Z',
        orders: 2,
        currencies: [{ currency: 'EUR', orders: 2, revenue: 5_999, average: 3_000 }],
      },
    ]);
    await expect(windows('2025-03-02T00:00:00Z', '2025-03-03T00:00:00Z')).resolves.toMatchObject({
      items: [{ orders: 1, currencies: [{ revenue: 2_001 }] }],
    });
    expect(parked.map(({ cause, body }) => [cause, Buffer.from(body).toString()])).toEqual([['NOT_JSON', 'no order']]);
  });

  it('tells the critical topic of an order above the 95th percentile of the hour before', async () => {
    const read = await subscribeQueue(endpoint, 'arn:aws:sns:eu-west-1:000000000000:aviary-critical-local');
    const now = windowOf(new Date());
    const hourBefore = Array.from({ length: 40 }, () => anOrderEvent({ occurredAt: windowOf(now, -3) }));
    const high = anOrderEvent({ occurredAt: now, order: { total: { amount: 1_000_000, currency: 'EUR' } } });
    await put(...hourBefore);
    const from = windowOf(now, -12);
    await eventually(
      () => windows(from, now),
      ({ items }) => items.reduce((all, { orders }) => all + orders, 0) === 40,
    );

    await put(high);

    const told: unknown[] = [];
    await eventually(
      async () => told.push(...(await read())),
      (count) => count > 0,
    );
    expect(told).toMatchObject([
      {
        code: 'HIGH_VALUE_ORDERS',
        service: 'order-stream',
        stage: 'local',
        facts: { count: 1, orders: [{ orderId: high.order.id, limit: 5_089 }] },
      },
    ]);
  });

  describe('tallies in DynamoDB', () => {
    talliesContract(async () => {
      const { client, table } = await makeTable(endpoint);
      return dynamoDbTallies(client, table, 'things', () => 1_750_000_000);
    });
  });

  describe('alerts through SNS', () => {
    let topic: string;
    let read: () => Promise<unknown[]>;
    beforeAll(async () => {
      const made = await new SNSClient(stage().client).send(new CreateTopicCommand({ Name: `a-${randomUUID()}` }));
      topic = made.TopicArn ?? '';
      read = await subscribeQueue(endpoint, topic);
    });

    alertsContract(() => ({
      alerts: snsAlerts(new SNSClient(stage().client), topic, { service: 'test', stage: 'local' }),
      raised: async () =>
        (await read()).map((message) => {
          const { code, summary, facts } = message as Alert;
          return { code, summary, facts };
        }),
    }));
  });
});
