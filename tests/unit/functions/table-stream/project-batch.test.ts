import { orderEvent } from '@shared/contracts/order-events';
import { UnavailableError } from '@shared/errors/app-error';
import { viewOf } from '@shared/orders/order-view';
import type { StoredEvent } from '@shared/orders/stored-event';
import fc from 'fast-check';
import { projectBatch } from '../../../../functions/table-stream/project-batch.ts';
import { changedOften, eventsOf } from '../../../support/runtime/an-order.ts';
import { aTableStream } from '../../../support/runtime/a-table-stream.ts';
import {
  deliver,
  numbersFrom,
  recordOf,
  recordOfEvent,
  shuffledBatches,
} from '../../../support/runtime/stream-records.ts';

const latestViews = (events: readonly StoredEvent[]) => new Map(events.map((event) => [event.order.id, viewOf(event)]));

describe('a batch of the stream', () => {
  it('is shown in the lists and published, under the correlation id of each event', async () => {
    const events = eventsOf(changedOften(2));
    const { dependencies, model, published, lines } = aTableStream();

    const response = await projectBatch(dependencies, events.map(recordOfEvent));

    expect(response).toEqual({ batchItemFailures: [] });
    expect(model.all.get('first')).toEqual(latestViews(events));
    expect(published).toEqual(events.map((event) => orderEvent.parse(event)));
    expect(lines.map((line) => line['correlation_id'])).toEqual(events.map(({ correlationId }) => correlationId));
  });

  it('logs a record that cannot be read under its own correlation id, and under no order', async () => {
    const [event, next] = eventsOf(changedOften(1));
    if (event === undefined || next === undefined) throw new Error('There are two events');
    const { dependencies, lines } = aTableStream();
    const poison = recordOf({ ...next, schemaVersion: 2 });

    const bare = recordOf({ pk: 'ORDER#1' });
    await projectBatch(dependencies, [recordOfEvent(event), poison, bare]);

    expect(lines.map((line) => [line['correlation_id'], line['order_id']])).toEqual([
      [event.correlationId, event.order.id],
      [next.correlationId, undefined],
      [bare.eventID, undefined],
    ]);
  });

  it('ends at the first record that fails: those behind it come again and are not published ahead of it', async () => {
    const events = eventsOf(changedOften(3));
    let calls = 0;
    const { dependencies, published } = aTableStream([], {
      publish: (event) => {
        calls += 1;
        if (event.order.version === 2) return Promise.reject(new UnavailableError('Throttled', 1));
        published.push(event);
        return Promise.resolve();
      },
    });
    const records = events.map(recordOfEvent);

    const { batchItemFailures } = await projectBatch(dependencies, records);

    // Lambda begins again with the first that is named.
    expect(batchItemFailures).toEqual([{ itemIdentifier: records[1]?.dynamodb?.SequenceNumber }]);
    expect(published.map(({ order }) => order.version)).toEqual([1]);
    expect(calls).toBe(2);
  });

  it.each([
    ['no image at all', { ...recordOf({}), dynamodb: { SequenceNumber: '1' } }, 'The record has no new image'],
    ['what is no event', recordOf({ schemaVersion: 1, type: 'OrderPlaced' }), expect.stringMatching('eventId, ')],
    ['a type that there is not', recordOf({ ...eventsOf(changedOften(0))[0], type: 'OrderEaten' }), 'type'],
  ] as const)('parks a record with %s with its cause, and goes on', async (_what, poison, detail: unknown) => {
    const [event] = eventsOf(changedOften(0));
    if (event === undefined) throw new Error('An order has an event');
    const { dependencies, published, parking, lines } = aTableStream();

    const response = await projectBatch(dependencies, [poison, recordOfEvent(event)]);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(parking.parked).toEqual([
      {
        body: JSON.stringify(poison),
        cause: 'NOT_AN_EVENT',
        detail,
        source: poison.eventSourceARN,
        recordId: poison.eventID,
      },
    ]);
    expect(published.map(({ eventId }) => eventId)).toEqual([event.eventId]);
    const own = JSON.parse(JSON.stringify(poison.dynamodb)) as { NewImage?: { correlationId?: { S: string } } };
    const correlation = own.NewImage?.correlationId?.S ?? poison.eventID;
    expect(lines[0]).toMatchObject({ level: 'ERROR', log_code: 'RECORD_PARKED', correlation_id: correlation });
  });

  it('keeps an event of a newer form, and alerts by a code of its own', async () => {
    const [event] = eventsOf(changedOften(0));
    const newer = recordOf({ ...event, schemaVersion: 2, total: 'of another form' });
    const { dependencies, published, parking, lines } = aTableStream();

    await projectBatch(dependencies, [newer]);

    expect(parking.parked).toMatchObject([
      { cause: 'NEWER_VERSION', detail: 'schemaVersion 2 is newer than 1', body: JSON.stringify(newer) },
    ]);
    expect(published).toEqual([]);
    expect(lines[0]).toMatchObject({ level: 'ERROR', log_code: 'RECORD_NEWER' });
  });

  it('keeps a record in the stream that cannot be parked', async () => {
    const poison = recordOf({ pk: 'x', sk: 'y' });
    const { dependencies } = aTableStream([], { park: () => Promise.reject(new Error('The queue is gone')) });

    const { batchItemFailures } = await projectBatch(dependencies, [poison]);

    expect(batchItemFailures).toEqual([{ itemIdentifier: poison.dynamodb?.SequenceNumber }]);
  });

  it('fails as a whole, and so comes again, when the generations cannot be read at its end', async () => {
    const { dependencies, model } = aTableStream();
    let reads = 0;
    const read = () =>
      (reads += 1) === 1 ? model.projection.read() : Promise.reject(new UnavailableError('Throttled', 1));

    const batch = projectBatch({ ...dependencies, projection: { ...model.projection, read } }, []);

    await expect(batch).rejects.toBeInstanceOf(UnavailableError);
  });

  it('is written to a generation that a rebuild began while the batch was at work', async () => {
    const events = eventsOf(changedOften(1));
    const { dependencies, model } = aTableStream();

    await projectBatch({ ...dependencies, publish: () => model.projection.begin('new') }, events.map(recordOfEvent));

    expect(model.all.get('new')).toEqual(latestViews(events));
    expect(model.all.get('first')).toEqual(latestViews(events));
  });

  it('has its effect once, whatever comes how often, in which order, and however much of it fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 12 }), async (seed, size) => {
        const random = numbersFrom(seed);
        const events = Array.from({ length: 8 }, () => eventsOf(changedOften(Math.floor(random() * 5)))).flat();
        const { dependencies, model, published, parking } = aTableStream();
        const failing = {
          ...dependencies,
          publish: (event: (typeof published)[number]) =>
            random() < 0.1 ? Promise.reject(new UnavailableError('Throttled', 1)) : dependencies.publish(event),
        };

        for (const batch of shuffledBatches(events.map(recordOfEvent), size, random))
          await deliver(batch, (records) => projectBatch(failing, records));

        expect(model.all.get('first')).toEqual(latestViews(events));
        expect(new Set(published.map(({ eventId }) => eventId))).toEqual(new Set(events.map(({ eventId }) => eventId)));
        expect(parking.parked).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
