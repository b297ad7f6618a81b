// Needs the sample domain, and goes with it: aviary begin.
import { localEndpoint } from '../../tools/local/environment.ts';
import { Clone } from '../support/clone.ts';
import { eventually } from '../support/runtime/eventually.ts';
import { processes, Started } from '../support/started.ts';

describe('the processes of functions that are saved', () => {
  let clone: Clone, started: Started;
  beforeAll(async () => {
    clone = new Clone();
    started = new Started(clone);
    await started.process.says(/Watching\./);
  });
  afterAll(async () => {
    await started.kill();
    clone.delete();
  });

  const processorUrl = (): string =>
    `${localEndpoint(started.record?.port ?? 0)}/2015-03-31/functions/aviary-processor-local:live/invocations`;

  it('runs the functions on their layers: nothing is loaded out of any node_modules but theirs', async () => {
    const code = [
      "import * as z from 'zod';",
      "import { parse } from '@shared/validation/parse';",
      'export const handler = async () => [typeof parse(z.string(), "text"), ...Object.keys(require.cache)];',
    ];

    await started.after(() => {
      clone.write('functions/processor/handler.ts', code.join('\n'));
    }, /(?:swapped|deployed) processor/);

    const [type, ...loaded] = (await (await fetch(processorUrl(), { method: 'POST', body: '{}' })).json()) as string[];
    const packages = loaded.filter((path) => path.includes('node_modules'));
    expect(type).toBe('string');
    expect(packages.map((path) => path.replace(/^.*\/nodejs\/node_modules\//, '')).sort()).toEqual(
      expect.arrayContaining(['@shared/validation/parse.js', 'shared-layer.js', 'zod.js']),
    );
    expect(loaded.filter((path) => path.startsWith(clone.root))).toEqual([]);
    expect(packages.filter((path) => !path.includes('/nodejs/node_modules/'))).toEqual([]);
  });

  it('begins what is saved again in a process that was made ready for it', async () => {
    const save = async (count: number): Promise<number> => {
      await started.after(() => {
        clone.write('functions/processor/handler.ts', `export const handler = async () => [process.pid, ${count}];`);
      }, /(?:swapped|deployed) processor/);
      const [pid = 0] = (await (await fetch(processorUrl(), { method: 'POST', body: '{}' })).json()) as number[];
      return pid;
    };
    const ofProcessor = (): number[] =>
      processes()
        .filter(({ group, command }) => group === started.record?.pid && command.includes('aviary-processor-local'))
        .map(({ pid }) => pid);
    const before = ofProcessor();
    const runs = await save(1);
    const inReserve = (): number[] => ofProcessor().filter((pid) => pid !== runs && !before.includes(pid));
    const ready = await eventually(
      () => Promise.resolve(inReserve()),
      ({ length }) => length > 0,
    );

    expect(ready).toEqual([await save(2)]);
  });
});
