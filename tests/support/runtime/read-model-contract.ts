import { randomUUID } from 'node:crypto';
import { ConflictError } from '@shared/errors/app-error';
import { viewOf, type OrderFilter, type OrderView } from '@shared/orders/order-view';
import type { OrderPage } from '../../../functions/orders/order-lists.ts';
import { changedOften, eventsOf } from './an-order.ts';
import type { ReadModel } from './memory-read-model.ts';

/** Declares what every read model of orders does; `make` gives one that is empty. */
// eslint-disable-next-line jest/no-export -- the fake's test and the real adapter's run the same contract
export function readModelContract(make: () => ReadModel | Promise<ReadModel>): void {
  let model: ReadModel;
  beforeEach(async () => {
    model = await make();
  });

  const viewsOf = (changes = 0, userId = randomUUID()): OrderView[] =>
    eventsOf(changedOften(changes), { userId }).map(viewOf);
  const show = async (views: readonly OrderView[], generation = 'first'): Promise<void> => {
    for (const view of views) await model.views.put(generation, view);
  };
  const pagesOf = async (filter: OrderFilter, limit: number): Promise<OrderPage[]> => {
    const pages = [await model.lists.list(filter, limit)];
    for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next)
      pages.push(await model.lists.list(filter, limit, next));
    return pages;
  };

  describe('the views', () => {
    it('show the latest version, in whatever order the versions come, and however often', async () => {
      const userId = randomUUID();
      const [one, two, three] = viewsOf(2, userId);

      for (const view of [two, three, one, three, two]) if (view) await model.views.put('first', view);

      await expect(model.lists.list({ userId }, 10)).resolves.toEqual({ items: [three] });
    });

    it('move from one status to another', async () => {
      const [view] = viewsOf();
      if (view === undefined) throw new Error('An order has an event');

      await show([view, { ...view, status: 'paid', version: 2 }]);

      await expect(model.lists.list({ status: 'placed' }, 10)).resolves.toEqual({ items: [] });
      expect((await model.lists.list({ status: 'paid' }, 10)).items).toMatchObject([{ id: view.id, version: 2 }]);
    });

    it('are listed newest first, each once, in pages of the size asked for', async () => {
      const userId = randomUUID();
      const all = Array.from({ length: 7 }, () => viewsOf(0, userId)).flat();
      await show([...all, ...viewsOf()]);

      const pages = await pagesOf({ userId }, 3);

      expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 1]);
      expect(pages.flatMap(({ items }) => items)).toEqual(all.toReversed());
    });

    it('end without an empty page when the last page is full', async () => {
      await show(Array.from({ length: 4 }, () => viewsOf()).flat());

      const pages = await pagesOf({ status: 'placed' }, 2);

      expect(pages.map(({ items }) => items.length)).toEqual([2, 2]);
    });

    it('of a generation that is not live are in no list', async () => {
      await show(viewsOf(), 'other');

      await expect(model.lists.list({ status: 'placed' }, 10)).resolves.toEqual({ items: [] });
    });

    it('are found and removed by their generation, whatever their ids', async () => {
      const views = Array.from({ length: 40 }, () => viewsOf()).flat();
      await show(views, 'old');
      await show(views.slice(0, 1));

      const some = await model.views.some('old', 7);
      const all = await model.views.some('old', 100);
      for (const id of all) await model.views.remove('old', id);

      expect(some).toHaveLength(7);
      expect([...all].sort()).toEqual(views.map(({ id }) => id).sort());
      await expect(model.views.some('old', 100)).resolves.toEqual([]);
      await expect(model.views.some('first', 100)).resolves.toEqual([views[0]?.id]);
    });
  });

  describe('the pointer', () => {
    it('names the first generation before any was made', async () => {
      await expect(model.projection.read()).resolves.toEqual({ live: 'first', building: undefined, retired: [] });
    });

    it('names both while one is made, then the new one, then nothing more of the old one', async () => {
      const seen = [];
      await model.projection.begin('two');
      seen.push(await model.projection.read());
      await model.projection.swap('two');
      seen.push(await model.projection.read());
      await model.projection.forget('first');
      seen.push(await model.projection.read());

      expect(seen).toEqual([
        { live: 'first', building: 'two', retired: [] },
        { live: 'two', building: undefined, retired: ['first'] },
        { live: 'two', building: undefined, retired: [] },
      ]);
    });

    it('lets a rebuild overtake another, which then cannot be swapped in', async () => {
      await model.projection.begin('two');
      await model.projection.begin('three');

      await expect(model.projection.swap('two')).rejects.toBeInstanceOf(ConflictError);

      const expected = { live: 'first', building: 'three', retired: ['two'] };
      await expect(model.projection.read()).resolves.toEqual(expected);
    });

    it('swaps again what is swapped already, and changes nothing', async () => {
      await model.projection.begin('two');
      await model.projection.swap('two');

      await model.projection.swap('two');

      await expect(model.projection.read()).resolves.toMatchObject({ live: 'two', retired: ['first'] });
    });

    it('decides which generation the lists show', async () => {
      const [view] = viewsOf();
      if (view === undefined) throw new Error('An order has an event');
      await show([view], 'two');
      await model.projection.begin('two');
      const before = await model.lists.list({ status: 'placed' }, 10);

      await model.projection.swap('two');

      expect([before.items, (await model.lists.list({ status: 'placed' }, 10)).items]).toEqual([[], [view]]);
    });
  });
}
