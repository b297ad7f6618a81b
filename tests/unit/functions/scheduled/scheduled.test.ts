import { orderNumbers } from '@shared/orders/order-numbers';
import { ValidationError } from '@shared/errors/app-error';
import { cleanUpLimits, grace } from '../../../../functions/scheduled/clean-up.ts';
import { expiredItemsContract } from '../../../support/runtime/expired-items-contract.ts';
import { memoryExpiredItems } from '../../../support/runtime/memory-expired-items.ts';
import { someJobs, type JobsUnderTest } from '../../../support/runtime/some-jobs.ts';

describe('expired items in memory', () => {
  expiredItemsContract(memoryExpiredItems);
});

describe('the job orderSummary', () => {
  const withOrders = async (...times: string[]): Promise<JobsUnderTest> => {
    const jobs = someJobs();
    const numbers = orderNumbers({ amount: 1_000, currency: 'EUR' });
    await jobs.orders.add(
      'shard',
      times.map((window) => ({ onceId: window, window, numbers })),
    );
    return jobs;
  };
  const windows = ['2025-05-31T23:55', '2025-06-01T00:00', '2025-06-01T23:55', '2025-06-02T00:00'].map(
    (time) => `${time}:00.000Z`,
  );
  const yesterday = {
    date: '2025-06-01',
    orders: 2,
    currencies: [{ currency: 'EUR', orders: 2, revenue: 2_000, average: 1_000 }],
  };

  it('sums up yesterday, from midnight to midnight UTC, stores it and tells it', async () => {
    const jobs = await withOrders(...windows);

    const summary = await jobs.run({ job: 'orderSummary' });

    expect(summary).toEqual(yesterday);
    expect([...jobs.saved]).toEqual([['2025-06-01', yesterday]]);
    expect(jobs.info.raised).toEqual([{ code: 'ORDER_SUMMARY', summary: 'Orders of 2025-06-01: 2', facts: yesterday }]);
  });

  it('sums up a day that is named, and one without orders', async () => {
    const jobs = await withOrders(...windows);

    await expect(jobs.run({ job: 'orderSummary', date: '2025-05-31' })).resolves.toMatchObject({ orders: 1 });
    await expect(jobs.run({ job: 'orderSummary', date: '2025-02-28' })).resolves.toEqual({
      date: '2025-02-28',
      orders: 0,
      currencies: [],
    });
  });

  it('tells nothing that is not stored', async () => {
    const jobs = someJobs({ summaries: { save: () => Promise.reject(new Error('broken')) } });

    await expect(jobs.run({ job: 'orderSummary' })).rejects.toThrow('broken');

    expect(jobs.info.raised).toEqual([]);
  });
});

describe('the job cleanUp', () => {
  const now = Date.parse('2025-06-02T00:15:00Z') / 1_000;
  const key = (at: number) => ({ pk: `item-${String(at).padStart(5, '0')}`, sk: 'ITEM' });
  const filled = async (jobs: JobsUnderTest, count: number): Promise<JobsUnderTest> => {
    for (let at = 0; at < count; at += 1) await jobs.items.put({ ...key(at), expiresAt: now - grace - 1 });
    return jobs;
  };

  it('removes what has expired and was not taken in two days, and leaves the rest', async () => {
    const jobs = await filled(someJobs(), 3);
    await jobs.items.put({ pk: 'left to DynamoDB', sk: 'ITEM', expiresAt: now - grace });
    await jobs.items.put({ pk: 'lasting', sk: 'ITEM' });

    const report = await jobs.run({ job: 'cleanUp' });

    expect(report).toEqual({ pages: 1, removed: 3, wholeTable: true });
    await expect(jobs.items.keys()).resolves.toEqual(['lasting', 'left to DynamoDB']);
    expect(jobs.metrics).toEqual({ ItemsRemoved: 3 });
  });

  it('stops at its limit of pages, and goes on there with the next run, until all is done', async () => {
    const all = cleanUpLimits.pages * cleanUpLimits.pageSize + 10;
    const jobs = await filled(someJobs(), all);

    const first = await jobs.run({ job: 'cleanUp' });
    const second = await jobs.run({ job: 'cleanUp' });

    expect(first).toEqual({ pages: cleanUpLimits.pages, removed: all - 10, wholeTable: false });
    expect(second).toEqual({ pages: 1, removed: 10, wholeTable: true });
    await expect(jobs.items.place()).resolves.toBeUndefined();
  });

  it('stops when its time is short, and loses nothing of its place', async () => {
    const left = [30_000, 9_000];
    const jobs = await filled(someJobs({ timeLeft: () => left.shift() ?? 0 }), 3 * cleanUpLimits.pageSize);

    await expect(jobs.run({ job: 'cleanUp' })).resolves.toMatchObject({ pages: 2, wholeTable: false });

    await expect(jobs.items.place()).resolves.toEqual(key(2 * cleanUpLimits.pageSize - 1));
  });

  it('does not count an item that was given more time meanwhile', async () => {
    const items = memoryExpiredItems();
    const jobs = await filled(someJobs({ expiredItems: { ...items, remove: () => Promise.resolve(false) } }), 0);
    await items.put({ ...key(1), expiresAt: 0 });

    await expect(jobs.run({ job: 'cleanUp' })).resolves.toMatchObject({ removed: 0 });
  });
});

describe('the schedule', () => {
  it.each([
    ['null', null],
    ['no job', {}],
    ['a job that there is not', { job: 'coffee' }],
    ['a day that there is not', { job: 'orderSummary', date: '2025-02-30' }],
    ['an unknown field', { job: 'cleanUp', force: true }],
  ])('is refused with %s', async (_what, event) => {
    await expect(someJobs().run(event)).rejects.toBeInstanceOf(ValidationError);
  });
});
