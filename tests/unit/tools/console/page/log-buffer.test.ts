import type { Line } from '../../../../../tools/console/api.ts';
import { isWanted, keepLines, mostLines } from '../../../../../tools/console/page/views/log-buffer.ts';

const line = (parts: Partial<Line> = {}): Line => ({
  time: '2026-01-31T12:00:00.000Z',
  function: 'users',
  kind: 'log',
  level: 'INFO',
  message: 'Request handled',
  requestId: 'r-1',
  release: null,
  correlations: ['c-1'],
  fields: { path: '/Users' },
  stack: null,
  ...parts,
});

describe('keepLines', () => {
  it('keeps the newest, with ids that none had before', () => {
    const first = keepLines([], [line({ message: 'oldest' }), ...Array.from({ length: mostLines }, () => line())]);

    const kept = keepLines(first, [line({ message: 'newest' })]);

    expect(kept).toHaveLength(mostLines);
    expect(kept.at(-1)?.line.message).toBe('newest');
    expect(kept.some((it) => it.line.message === 'oldest')).toBe(false);
    expect(new Set(kept.map(({ id }) => id)).size).toBe(mostLines);
  });
});

describe('isWanted', () => {
  const [kept] = keepLines([], [line({ level: 'WARN' })]);
  const all = { text: '', function: '', level: 'DEBUG' };

  it.each([
    ['everything', {}, true],
    ['a text of its message, in any case', { text: ' HANDLED ' }, true],
    ['its correlation id', { text: 'c-1' }, true],
    ['a text of its fields', { text: '"path":"/users"' }, true],
    ['another text', { text: 'c-2' }, false],
    ['its function', { function: 'users' }, true],
    ['another function', { function: 'user' }, false],
    ['its level', { level: 'WARN' }, true],
    ['a more urgent level', { level: 'ERROR' }, false],
  ])('of one that asks for %s: %j is %s', (_what, filter, expected) => {
    expect(kept && isWanted(kept, { ...all, ...filter })).toBe(expected);
  });
});
