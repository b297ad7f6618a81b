import { Failure } from '../../../../tools/lib/failure.ts';
import { parseJson, type Json, type JsonObject } from '../../../../tools/lib/json.ts';
import { rebuildProjection, type RebuildProgress } from '../../../../tools/projection/rebuild-projection.ts';
import { rebuildStep } from '../../../../functions/table-stream/rebuild-step.ts';
import { changedOften, eventsOf } from '../../../support/runtime/an-order.ts';
import { aTableStream } from '../../../support/runtime/a-table-stream.ts';

describe('rebuildProjection', () => {
  it('asks for one step after the other, and tells how far it is', async () => {
    const events = Array.from({ length: 600 }, () => eventsOf(changedOften(1))).flat();
    const { dependencies, model } = aTableStream(events);
    const asked: (Json | undefined)[] = [];
    const progress: RebuildProgress[] = [];

    const result = await rebuildProjection(
      'orders',
      async (step) => {
        asked.push(step['step']);
        return parseJson(JSON.stringify(await rebuildStep(dependencies, step)));
      },
      { keepOldSeconds: 0, onProgress: (each) => progress.push(each) },
    );

    expect(asked).toEqual(['begin', 'fill', 'fill', 'swap', 'clear', 'clear']);
    expect(result).toEqual({
      projection: 'orders',
      generation: 'generation-1',
      events: 1200,
      unreadable: 0,
      removed: 0,
    });
    expect(progress.map(({ phase, events: read }) => `${phase} ${read}`)).toEqual([
      'filling 1000',
      'filling 1200',
      'waiting 1200',
      'removing 1200',
      'removing 1200',
    ]);
    expect(model.all.get('generation-1')?.size).toBe(600);
  });

  it('stops at a step that fails: nothing is swapped in', async () => {
    const asked: (Json | undefined)[] = [];
    const runStep = (step: JsonObject): Promise<Json> => {
      asked.push(step['step']);
      return step['step'] === 'fill'
        ? Promise.reject(new Failure('table-stream failed.', 'Read its log.'))
        : Promise.resolve({ generation: 'new' });
    };

    await expect(rebuildProjection('orders', runStep, { keepOldSeconds: 0 })).rejects.toThrow('table-stream failed.');

    expect(asked).toEqual(['begin', 'fill']);
  });

  it('does not take an answer of another shape for an empty part', async () => {
    const runStep = (step: JsonObject): Promise<Json> =>
      Promise.resolve(step['step'] === 'begin' ? { generation: 'new' } : { batchItemFailures: [] });

    await expect(rebuildProjection('orders', runStep, { keepOldSeconds: 0 })).rejects.toThrow('without events');
  });
});
