import type { Branch } from '../../../../../tools/console/api.ts';
import { traceRows } from '../../../../../tools/console/page/views/trace-rows.ts';

const branch = (name: string, ms: number, duration: number | null, children: readonly Branch[] = []): Branch => ({
  function: name,
  requestId: name,
  release: null,
  from: new Date(ms).toISOString(),
  duration,
  coldStart: null,
  failed: false,
  lines: [],
  children,
});

describe('traceRows', () => {
  it('has each invocation below what caused it, with how long after the first it began', () => {
    const { rows, total } = traceRows([
      branch('users', 1_000, 50, [branch('table-stream', 1_040, 200, [branch('order-stream', 1_300, null)])]),
      branch('health', 1_010, 5),
    ]);

    expect(rows.map(({ branch: { function: name }, depth, offset }) => [name, depth, offset])).toEqual([
      ['users', 0, 0],
      ['table-stream', 1, 40],
      ['order-stream', 2, 300],
      ['health', 0, 10],
    ]);
    expect(total).toBe(300);
  });

  it('has a length also where nothing has ended yet', () => {
    expect(traceRows([branch('users', 1_000, null)]).total).toBe(1);
  });
});
