import { randomUUID } from 'node:crypto';
import { dynamoDbEvents } from '../../functions/orders/dynamodb-events.ts';
import { dynamoDbSnapshots } from '../../functions/orders/dynamodb-snapshots.ts';
import { changeLines, pay } from '../../functions/orders/order-commands.ts';
import { changeOrder, loadOrder } from '../../functions/orders/order-history.ts';
import { replay } from '../../functions/orders/order.ts';
import { userExists } from '../../functions/orders/user-exists.ts';
import { dynamoDbUsers } from '../../functions/users/dynamodb-users.ts';
import { useCloud } from '../support/cloud.ts';
import { aUser } from '../support/runtime/a-user.ts';
import { aLine, changedOften, eventsOf } from '../support/runtime/an-order.ts';
import { eventStoreContract, snapshotsContract } from '../support/runtime/event-store-contract.ts';
import { makeOrderTables, type OrderTables } from '../support/runtime/order-tables.ts';

describe('orders in DynamoDB', () => {
  const cloud = useCloud();
  let tables: OrderTables;
  beforeAll(async () => {
    tables = await makeOrderTables(cloud.endpoint);
  });
  afterAll(() => {
    tables.client.destroy();
  });

  const events = () => dynamoDbEvents(tables.client, tables.events);
  const snapshots = () => dynamoDbSnapshots(tables.client, tables.main);
  const needed = () => ({
    events: events(),
    snapshots: snapshots(),
    now: () => new Date(),
    newId: randomUUID,
    onProblem: () => undefined,
  });
  const placed = async (): Promise<string> => {
    const [event] = eventsOf(changedOften(0));
    if (event === undefined) throw new Error('An order has an event');
    await events().append(event);
    return event.order.id;
  };

  describe('the events', () => {
    eventStoreContract(events);
  });

  describe('the snapshots', () => {
    snapshotsContract(snapshots);
  });

  it('lose no update of fifty simultaneous writers, and have no gap in their versions', async () => {
    const id = await placed();
    const quantities = Array.from({ length: 50 }, (_, at) => at + 1);

    const changed = await Promise.all(
      quantities.map((quantity) => changeOrder(needed(), id, changeLines([aLine({ quantity })]), `writer-${quantity}`)),
    );

    const stored = await events().read(id, 0);
    expect(stored.map(({ order }) => order.version)).toEqual(Array.from({ length: 51 }, (_, at) => at + 1));
    expect(
      stored
        .slice(1)
        .map(({ correlationId }) => correlationId)
        .sort(),
    ).toEqual(quantities.map((quantity) => `writer-${quantity}`).sort());
    expect(changed.map(({ version }) => version).sort((a, b) => a - b)).toEqual(quantities.map((at) => at + 1));
    // What each writer was answered with is what the store has under its version.
    for (const order of changed) expect(replay(stored.slice(0, order.version))).toEqual(order);
    await expect(loadOrder(needed(), id)).resolves.toEqual(replay(stored));
  });

  it('let one of fifty simultaneous payments through', async () => {
    const id = await placed();

    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => changeOrder(needed(), id, pay, 'c')));

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(events().read(id, 0)).resolves.toHaveLength(2);
  });

  it('are read over several pages of the table', async () => {
    const id = randomUUID();
    // 120 events of 100 long lines are more than the megabyte that one query gives.
    const lines = Array.from({ length: 100 }, (_, at) => aLine({ sku: `${'S'.repeat(60)}-${at}` }));
    const long = eventsOf(
      Array.from({ length: 120 }, (_, at) => ({ type: at === 0 ? 'OrderPlaced' : 'OrderLinesChanged', lines })),
      { id },
    );
    for (const event of long) await events().append(event);

    const read = await events().read(id, 0);

    expect(read.map(({ order }) => order.version)).toEqual(long.map((_, at) => at + 1));
  });

  it('know a user by the item that the users function has made, until it is gone', async () => {
    const users = dynamoDbUsers(tables.client, tables.main);
    const exists = userExists(tables.client, tables.main);
    const user = aUser();
    const before = await exists(user.id);
    await users.create(user);
    const during = await exists(user.id);
    await users.remove(user.id);

    expect([before, during, await exists(user.id)]).toEqual([false, true, false]);
  });
});
