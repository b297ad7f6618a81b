import { windowOf } from '@shared/tallies/window';
import { memoryTallies } from '../../../../support/runtime/memory-tallies.ts';
import { talliesContract } from '../../../../support/runtime/tallies-contract.ts';

describe('tallies in memory', () => {
  talliesContract(() => memoryTallies(() => 1_750_000_000));
});

describe('windowOf', () => {
  it.each([
    ['2025-06-01T12:00:00.000Z', '2025-06-01T12:00:00.000Z'],
    ['2025-06-01T12:04:59.999Z', '2025-06-01T12:00:00.000Z'],
    ['2025-06-01T12:05:00Z', '2025-06-01T12:05:00.000Z'],
    ['2025-06-01T23:59:59.5Z', '2025-06-01T23:55:00.000Z'],
  ])('puts %s into the window of %s', (time, window) => {
    expect(windowOf(time)).toBe(window);
  });

  it('counts windows forth and back, over midnight', () => {
    expect(windowOf('2025-06-01T23:58:00Z', 1)).toBe('2025-06-02T00:00:00.000Z');
    expect(windowOf('2025-06-02T00:00:00Z', -12)).toBe('2025-06-01T23:00:00.000Z');
  });
});
