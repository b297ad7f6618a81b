import { lineReader } from '../../../../tools/logs/line-reader.ts';
import { stackOf } from '../../../../tools/logs/stack-of.ts';
import { aLoggedEvent, anEvent, anInvocation } from '../../../support/logs/log-events.ts';

const metrics = anEvent('users', 5, JSON.stringify({ _aws: { Timestamp: 5 }, service: 'users' }));

describe('lineReader', () => {
  it('tells the lines of the product from those of Lambda, metrics and what was printed', () => {
    const lines = lineReader()([...anInvocation('users', 1, 'r1', [{}]), metrics, anEvent('users', 6, 'printed')]);

    expect(lines.map(({ kind }) => kind)).toEqual(['platform', 'log', 'platform', 'platform', 'metrics', 'text']);
  });

  it('puts them in the order in which they were written, whichever function they are of', () => {
    const late = { ...aLoggedEvent('orders', 10, 'First'), at: 100 };

    const lines = lineReader()([aLoggedEvent('users', 20, 'Second'), late]);

    expect(lines.map(({ message, at }) => [message, at])).toEqual([
      ['First', 10],
      ['Second', 20],
    ]);
  });

  it('knows of what is printed which invocation and release it is of, also from what was read before', () => {
    const read = lineReader();
    read(anInvocation('users', 1, 'r1', [{}]).slice(0, 2));

    const [line] = read([anEvent('users', 9, 'TypeError: no'), anEvent('orders', 9, 'TypeError: no')]);

    expect(line).toMatchObject({ requestId: 'r1', release: 'abc123', level: 'ERROR' });
  });

  it('knows no invocation of what is printed after the end of one', () => {
    const [line] = lineReader()([...anInvocation('users', 1, 'r1', []), anEvent('users', 9, 'between')]).slice(-1);

    expect(line?.requestId).toBeUndefined();
  });

  it('makes one line of a stack that came line by line, and none of two streams', () => {
    const lines = lineReader()([
      anEvent('users', 1, 'TypeError: no'),
      anEvent('users', 1, '    at a (/x.js:1:2)'),
      anEvent('orders', 1, '    at b (/y.js:1:2)'),
    ]);

    expect(lines.map(({ message }) => message)).toEqual([
      'TypeError: no\n    at a (/x.js:1:2)',
      '    at b (/y.js:1:2)',
    ]);
  });

  it.each(['{', '{"a":', '[1]', ''])('takes %p for what was printed', (text) => {
    expect(lineReader()([anEvent('users', 1, text)])).toMatchObject([{ kind: 'text', message: text }]);
  });

  it.each([
    ['CRITICAL', 'ERROR'],
    ['WARN', 'WARN'],
    ['SOMETHING', 'INFO'],
  ])('takes the level %s for %s', (level, expected) => {
    expect(lineReader()([aLoggedEvent('users', 1, 'x', { level })])).toMatchObject([{ level: expected }]);
  });

  it.each([
    ['2026-01-01T00:00:00.000Z r1 Task timed out after 30.00 seconds', 'ERROR'],
    ['(node:2) [DEP0169] DeprecationWarning: old', 'WARN'],
    ['hello', 'INFO'],
  ])('takes the printed %p for %s', (text, expected) => {
    expect(lineReader()([anEvent('users', 1, text)])).toMatchObject([{ level: expected }]);
  });
});

describe('stackOf', () => {
  const read = (event: Parameters<ReturnType<typeof lineReader>>[0][number]) => {
    const [line] = lineReader()([event]);
    return line && stackOf(line);
  };

  it('finds the stack of an error that was logged, and those of its causes', () => {
    const error = {
      name: 'A',
      message: 'a',
      stack: 'A: a\n    at x',
      cause: { name: 'B', message: 'b', stack: 'B: b\n    at y', cause: 'c' },
    };

    expect(read(aLoggedEvent('users', 1, 'Failed', { error }))).toBe(
      'A: a\n    at x\ncaused by B: b\n    at y\ncaused by c',
    );
  });

  it('finds the stack of an error that the runtime of Lambda reports', () => {
    const said = JSON.stringify({ errorType: 'A', errorMessage: 'a', stack: ['A: a', '    at x'] });

    expect(read(anEvent('users', 1, `2026-01-01T00:00:00.000Z\tr1\tERROR\tInvoke Error \t${said}`))).toBe(
      'A: a\n    at x',
    );
  });

  it.each(['hello', '2026-01-01T00:00:00.000Z\tr1\tERROR\tInvoke Error \t{broken}'])('finds none in %p', (text) => {
    expect(read(anEvent('users', 1, text))).toBeUndefined();
  });
});
