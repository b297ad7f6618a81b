import { ConflictError, ValidationError } from '@shared/errors/app-error';
import { viewOf } from '@shared/orders/order-view';
import { rebuildStep } from '../../../../functions/table-stream/rebuild-step.ts';
import { changedOften, eventsOf } from '../../../support/runtime/an-order.ts';
import { aTableStream, memoryEventLog } from '../../../support/runtime/a-table-stream.ts';

const step = (name: string, more: object = {}) => ({ rebuild: 'orders', step: name, ...more });

describe('the steps of a rebuild', () => {
  it('make a new generation out of the whole store, part by part, and remove the old one', async () => {
    const events = Array.from({ length: 300 }, () => eventsOf(changedOften(3))).flat();
    const { dependencies, model } = aTableStream(events);
    await model.views.put('first', { ...viewOf(events[0] ?? never()), id: '00000000-gone', version: 99 });
    const run = (name: string, more?: object) => rebuildStep(dependencies, step(name, more));

    const begun = await run('begin');
    const parts = [await run('fill', begun)];
    for (let last = parts[0]; last !== undefined && 'cursor' in last; last = parts.at(-1))
      parts.push(await run('fill', { ...begun, cursor: last.cursor }));
    await run('swap', begun);
    const cleared = [await run('clear'), await run('clear'), await run('clear')];

    expect(parts.map((part) => ('events' in part ? part.events : 0))).toEqual([1_000, 200]);
    expect(model.all.get('generation-1')).toEqual(new Map(events.map((event) => [event.order.id, viewOf(event)])));
    await expect(model.projection.read()).resolves.toEqual({ live: 'generation-1', building: undefined, retired: [] });
    expect(cleared).toEqual([
      { removed: 1, done: false },
      { removed: 0, done: false },
      { removed: 0, done: true },
    ]);
    expect(model.all.get('first')?.size).toBe(0);
  });

  it('count what cannot be read, and go on', async () => {
    const events = eventsOf(changedOften(0));
    const log = memoryEventLog(events, [
      { pk: 'x', sk: 'y' },
      { ...events[0], schemaVersion: 2 },
    ]);
    const { dependencies } = aTableStream([], { events: log });
    const begun = await rebuildStep(dependencies, step('begin'));

    await expect(rebuildStep(dependencies, step('fill', begun))).resolves.toEqual({ events: 3, unreadable: 2 });
  });

  it('refuse to fill and to swap a generation that another rebuild has overtaken', async () => {
    const { dependencies } = aTableStream();
    const first = await rebuildStep(dependencies, step('begin'));
    await rebuildStep(dependencies, step('begin'));

    await expect(rebuildStep(dependencies, step('fill', first))).rejects.toBeInstanceOf(ConflictError);
    await expect(rebuildStep(dependencies, step('swap', first))).rejects.toBeInstanceOf(ConflictError);
  });

  it.each([
    ['another projection', { rebuild: 'users', step: 'begin' }],
    ['a step that there is not', step('burn')],
    ['a swap of nothing', step('swap')],
    ['a field too many', step('begin', { generation: 'mine' })],
    ['null', null],
  ])('refuse %s', async (_what, event) => {
    await expect(rebuildStep(aTableStream().dependencies, event)).rejects.toBeInstanceOf(ValidationError);
  });
});

function never(): never {
  throw new Error('Cannot happen');
}
