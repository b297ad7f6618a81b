import { randomUUID } from 'node:crypto';
import { windowOf } from '@shared/tallies/window';
import fc from 'fast-check';
import { aLogin } from '../../../support/runtime/an-activity.ts';
import { someActivity } from '../../../support/runtime/user-activity-under-test.ts';

const read = ({ tallies }: ReturnType<typeof someActivity>) =>
  tallies.read('2025-06-01T00:00:00.000Z', '2025-06-02T00:00:00.000Z');

describe('user activity', () => {
  it('counts a user once a window, whatever the user does, and each thing that was done', async () => {
    const activity = someActivity();
    const userId = randomUUID();
    const visit = aLogin({ userId });

    await activity.send(visit, { ...aLogin({ userId }), type: 'featureUsed', feature: 'search' }, aLogin());
    await activity.send({ ...aLogin({ userId }), type: 'logout' }, visit);

    await expect(read(activity)).resolves.toEqual([
      {
        window: '2025-06-01T12:00:00.000Z',
        numbers: { activeUsers: 2, 'events:login': 2, 'events:featureUsed': 1, 'events:logout': 1 },
      },
    ]);
    expect(activity.metrics).toEqual({ ActiveUsers: 2 });
  });

  it('counts a user again in the next window', async () => {
    const activity = someActivity();
    const userId = randomUUID();

    await activity.send(aLogin({ userId }), aLogin({ userId, occurredAt: '2025-06-01T12:05:00Z' }));

    expect(activity.metrics).toEqual({ ActiveUsers: 2 });
  });

  it('parks what is no activity, and counts the rest', async () => {
    const activity = someActivity();

    await activity.send({ ...aLogin(), type: 'featureUsed' }, { ...aLogin(), userId: 'Ada' }, aLogin());

    expect(activity.parking.parked.map(({ cause, detail }) => [cause, detail])).toEqual([
      ['NOT_AN_EVENT', 'feature'],
      ['NOT_AN_EVENT', 'userId'],
    ]);
    expect(activity.metrics).toEqual({ ActiveUsers: 1 });
  });

  it('stores the number of distinct users, however their events are repeated, mixed and cut into batches', async () => {
    const users = Array.from({ length: 5 }, () => randomUUID());
    const spec = fc.record({ user: fc.nat(4), minute: fc.nat(20), times: fc.integer({ min: 1, max: 3 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(spec, { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), async (specs, size) => {
        const activity = someActivity();
        const events = specs.map(({ user, minute }) =>
          aLogin({ userId: users[user] ?? '', occurredAt: new Date(Date.UTC(2025, 5, 1, 12, minute)).toISOString() }),
        );
        const delivered = events.flatMap((event, at) => Array<unknown>(specs[at]?.times ?? 1).fill(event)).reverse();

        for (let at = 0; at < delivered.length; at += size) await activity.send(...delivered.slice(at, at + size));

        const wanted = Map.groupBy(events, ({ occurredAt }) => windowOf(occurredAt));
        const stored = await read(activity);
        expect(Object.fromEntries(stored.map(({ window, numbers }) => [window, numbers['activeUsers']]))).toEqual(
          Object.fromEntries([...wanted].map(([window, all]) => [window, new Set(all.map((it) => it.userId)).size])),
        );
      }),
    );
  });
});
