import type { EventStore, Snapshots } from '../../../functions/orders/event-store.ts';
import { VersionTakenError } from '../../../functions/orders/order-errors.ts';
import { replay, type Order } from '../../../functions/orders/order.ts';
import { changedOften, eventsOf } from './an-order.ts';

/** Declares what every store of events does. */
// eslint-disable-next-line jest/no-export -- the fake's test and the real adapter's run the same contract
export function eventStoreContract(make: () => EventStore): void {
  it('gives back the events of an order in their order, as they were appended', async () => {
    const store = make();
    const events = eventsOf(changedOften(11));

    for (const event of events) await store.append(event);

    await expect(store.read(events[0]?.order.id ?? '', 0)).resolves.toEqual(events);
  });

  it('gives back what follows a version', async () => {
    const store = make();
    const events = eventsOf(changedOften(4));
    for (const event of events) await store.append(event);

    await expect(store.read(events[0]?.order.id ?? '', 3)).resolves.toEqual(events.slice(3));
  });

  it('has nothing of an order that was never placed', async () => {
    const store = make();
    for (const event of eventsOf(changedOften(0))) await store.append(event);

    await expect(store.read('5d1c7a90-3b2e-4c4d-8e5f-6a7b8c9d0e1f', 0)).resolves.toEqual([]);
  });

  it('lets one of twenty events of one version in, and says so to the others', async () => {
    const store = make();
    const identity = { id: crypto.randomUUID() };
    const rivals = Array.from({ length: 20 }, () => eventsOf(changedOften(0), identity)).flat();

    const outcomes = await Promise.allSettled(rivals.map((event) => store.append(event)));

    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(19);
    expect(lost.every(({ reason }) => reason instanceof VersionTakenError)).toBe(true);
    const [winner, ...more] = await store.read(identity.id, 0);
    const won = rivals[outcomes.findIndex(({ status }) => status === 'fulfilled')];
    expect([winner, more]).toEqual([won, []]);
  });

  it('takes the same event a second time for the one that is there', async () => {
    const store = make();
    const [event] = eventsOf(changedOften(0));
    if (event === undefined) never();
    await store.append(event);

    await expect(store.append(event)).resolves.toBeUndefined();

    await expect(store.read(event.order.id, 0)).resolves.toEqual([event]);
  });
}

/** Declares what every keeper of snapshots does. */
// eslint-disable-next-line jest/no-export -- the fake's test and the real adapter's run the same contract
export function snapshotsContract(make: () => Snapshots): void {
  const anOrder = (changes: number, id = crypto.randomUUID()): Order =>
    replay(eventsOf(changedOften(changes), { id })) ?? never();

  it('gives back the latest snapshot, whatever was saved after it', async () => {
    const snapshots = make();
    const [early, late] = [
      anOrder(3, '11111111-1111-4111-8111-111111111111'),
      anOrder(7, '11111111-1111-4111-8111-111111111111'),
    ];

    await snapshots.save(early);
    await snapshots.save(late);
    await snapshots.save(early);

    await expect(snapshots.find(late.id)).resolves.toEqual(late);
  });

  it('has none of an order that was never saved', async () => {
    await expect(make().find(crypto.randomUUID())).resolves.toBeUndefined();
  });
}

function never(): never {
  throw new Error('Cannot happen');
}
