import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sqsPark } from '@shared/batch/sqs-park';
import { orderEvent } from '@shared/contracts/order-events';
import { UnavailableError } from '@shared/errors/app-error';
import { orderEventPublisher } from '@shared/events/order-event-publisher';
import { orderView, viewOf, viewPartition, viewShards, type OrderView } from '@shared/orders/order-view';
import type { StoredEvent } from '@shared/orders/stored-event';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoDbEvents } from '../../functions/orders/dynamodb-events.ts';
import { dynamoDbOrderLists } from '../../functions/orders/dynamodb-order-lists.ts';
import type { Fact } from '../../functions/orders/order.ts';
import type { TableStreamDependencies } from '../../functions/table-stream/dependencies.ts';
import { dynamoDbEventLog } from '../../functions/table-stream/dynamodb-event-log.ts';
import { dynamoDbOrderViews } from '../../functions/table-stream/dynamodb-order-views.ts';
import { dynamoDbProjection } from '../../functions/table-stream/dynamodb-projection.ts';
import { projectBatch } from '../../functions/table-stream/project-batch.ts';
import { rebuildStep } from '../../functions/table-stream/rebuild-step.ts';
import { parseJson } from '../../tools/lib/json.ts';
import { rebuildProjection, type RunStep } from '../../tools/projection/rebuild-projection.ts';
import { useCloud } from '../support/cloud.ts';
import { aLine, changedOften, eventsOf } from '../support/runtime/an-order.ts';
import {
  drained,
  makeTargets,
  orderMessages,
  streamed,
  type OrderMessages,
} from '../support/runtime/order-messages.ts';
import { makeOrderTables, type OrderTables } from '../support/runtime/order-tables.ts';
import { readDeadLetters } from '../support/runtime/read-dead-letters.ts';
import { readModelContract } from '../support/runtime/read-model-contract.ts';
import { recordedTelemetry } from '../support/runtime/recorded-telemetry.ts';
import { deliver, numbersFrom, recordOf, recordOfEvent, shuffledBatches } from '../support/runtime/stream-records.ts';

const byId = (views: readonly OrderView[]): OrderView[] => views.toSorted((a, b) => (a.id < b.id ? -1 : 1));
const latestViews = (events: readonly StoredEvent[]): OrderView[] =>
  byId([...new Map(events.map((event) => [event.order.id, viewOf(event)])).values()]);

describe('table-stream in the local cloud', () => {
  const cloud = useCloud();
  let messages: OrderMessages;
  beforeAll(() => {
    messages = orderMessages(cloud.endpoint);
  });
  afterAll(() => {
    for (const client of Object.values(messages) as { destroy: () => void }[]) client.destroy();
  });

  /** The function over tables, a stream, a topic and a queue that no other test has. */
  async function make() {
    const [tables, targets] = [await makeOrderTables(cloud.endpoint), await makeTargets(messages)];
    const { client, main } = tables;
    const dependencies: TableStreamDependencies = {
      views: dynamoDbOrderViews(client, main),
      projection: dynamoDbProjection(client, main),
      events: dynamoDbEventLog(client, tables.events),
      publish: orderEventPublisher(messages.kinesis, messages.sns, targets),
      park: sqsPark(messages.sqs, targets.deadLettersUrl),
      newGeneration: randomUUID,
      telemetry: recordedTelemetry(),
    };
    return { tables, targets, dependencies };
  }

  /** Every view of a generation. */
  async function viewsIn({ client, main }: OrderTables, generation: string): Promise<OrderView[]> {
    const shards = viewShards.map(async (shard) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: main,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': viewPartition(generation, shard) },
        }),
      );
      return Items.map((item) => orderView.parse(item));
    });
    return byId((await Promise.all(shards)).flat());
  }

  describe('the read model', () => {
    readModelContract(async () => {
      const { client, main } = await makeOrderTables(cloud.endpoint);
      return {
        views: dynamoDbOrderViews(client, main),
        projection: dynamoDbProjection(client, main),
        lists: dynamoDbOrderLists(client, main),
      };
    });
  });

  it.each([1, 2, 3])('loses nothing and shows everything exactly when deliveries go wrong (seed %d)', async (seed) => {
    const { tables, targets, dependencies } = await make();
    const random = numbersFrom(seed);
    const end: Fact[] = [{ type: 'OrderPaid' }, { type: 'OrderShipped' }];
    const events = Array.from({ length: 25 }, (_, at) =>
      eventsOf([...changedOften(Math.floor(random() * 4)), ...end.slice(0, at % 3)]),
    ).flat();
    const poison = [
      recordOf({ pk: 'ORDER#x', sk: 'EVENT#1' }),
      recordOf({ ...events[0], order: { ...events[0]?.order, total: { amount: -1, currency: 'EUR' } } }),
      recordOf({ ...events[1], schemaVersion: 2 }),
    ];
    const batches = shuffledBatches([...events.map(recordOfEvent), ...poison], 10, random);

    let broken = 0;
    for (const [at, batch] of batches.entries()) {
      // A fifth of the batches fail half-way, once in the middle of what is done for a record.
      let left = at % 5 === 0 ? Math.ceil(batch.length / 2) : Number.POSITIVE_INFINITY;
      const publish: TableStreamDependencies['publish'] = async (event) => {
        left -= 1;
        if (left !== 0) return dependencies.publish(event);
        broken += 1;
        throw new UnavailableError('Throttled', 1);
      };
      await deliver(batch, (records) => projectBatch({ ...dependencies, publish }, records));
    }

    expect(broken).toBe(Math.ceil(batches.length / 5));
    await expect(viewsIn(tables, 'first')).resolves.toEqual(latestViews(events));
    const told = await streamed(messages, targets.streamName);
    const heard = (await drained(messages, targets.heardUrl)).map((body) => orderEvent.parse(body));
    for (const all of [told, heard]) {
      const once = new Map(all.map((event) => [event.eventId, event]));
      expect(once).toEqual(new Map(events.map((event) => [event.eventId, orderEvent.parse(event)])));
    }
    const parked = await readDeadLetters(messages.sqs, targets.deadLettersUrl);
    const causes = new Map(parked.map(({ recordId, cause }) => [recordId, cause]));
    expect(causes).toEqual(
      new Map(poison.map(({ eventID }, at) => [eventID, at === 2 ? 'NEWER_VERSION' : 'NOT_AN_EVENT'])),
    );
    expect(parked.every(({ detail }) => detail.length > 1)).toBe(true);
  });

  it('rebuilds while writes go on: the new lists are those of the full store, and the old ones are gone', async () => {
    const { tables, dependencies } = await make();
    const store = dynamoDbEvents(tables.client, tables.events);
    const runStep: RunStep = async (step) => parseJson(JSON.stringify(await rebuildStep(dependencies, step)));
    const quiet = { ...dependencies, publish: () => Promise.resolve() };
    const written: StoredEvent[] = [];
    /** Appends an order, and delivers its events as the stream does, some time after. */
    const place = async (changes: number): Promise<void> => {
      const events = eventsOf(changedOften(changes));
      for (const event of events) await store.append(event);
      written.push(...events);
      await sleep(5);
      await deliver(events.map(recordOfEvent), (records) => projectBatch(quiet, records));
    };
    const lanes = Array.from({ length: 10 }, async () => {
      for (let at = 0; at < 20; at += 1) await place(at % 4);
    });
    await Promise.all(lanes);
    // What a defect of an earlier projection may have left.
    const [stray] = eventsOf([{ type: 'OrderPlaced', lines: [aLine()] }]);
    if (stray !== undefined) await dependencies.views.put('first', viewOf(stray));

    let rebuilding = true;
    const writers = Array.from({ length: 4 }, async () => {
      while (rebuilding) await place(2);
    });
    const before = written.length;
    const result = await rebuildProjection('orders', runStep, { keepOldSeconds: 0 }).finally(() => {
      rebuilding = false;
    });
    await Promise.all(writers);

    expect(written.length).toBeGreaterThan(before);
    const { live, building, retired } = await dependencies.projection.read();
    expect({ live, building, retired }).toEqual({ live: result.generation, building: undefined, retired: [] });
    await expect(viewsIn(tables, live)).resolves.toEqual(latestViews(written));
    await expect(viewsIn(tables, 'first')).resolves.toEqual([]);
    expect(result.events).toBeGreaterThanOrEqual(before);
    // One made from the full store, with nobody writing, has the same.
    const again = await rebuildProjection('orders', runStep, { keepOldSeconds: 0 });
    await expect(viewsIn(tables, again.generation)).resolves.toEqual(latestViews(written));
    expect(again.events).toBe(written.length);
  });
});
