import type { LogEvent } from '../../../../tools/logs/read-log-events.ts';
import { findInvocations, lambdaDatapoints } from '../../../../tools/metrics/invocation.ts';

const invocation = (stream: string, ...own: string[]): LogEvent[] =>
  [
    'START RequestId: r Version: 7',
    ...own,
    'END RequestId: r',
    'REPORT RequestId: r\tDuration: 40 ms\tBilled Duration: 40 ms\tMemory Size: 256 MB\tMax Memory Used: 90 MB',
  ].map((message) => ({ functionName: 'aviary-users-local', at: 1000, stream, message }));

describe('findInvocations', () => {
  it('finds the version, when it began, how long it took, and whether it failed', () => {
    const fine = invocation('a', '{"level":"INFO"}');
    const thrown = invocation(
      'b',
      '{"level":"ERROR"}',
      'TypeError: x is no function',
      '    at handler (handler.js:1:2)',
    );
    expect(findInvocations([...fine, ...thrown])).toEqual([
      { functionName: 'aviary-users-local', version: '7', at: 960, duration: 40, failed: false },
      { functionName: 'aviary-users-local', version: '7', at: 960, duration: 40, failed: true },
    ]);
  });

  it.each([
    ['nothing was logged', [], false],
    ['it did not end in time', ['Task timed out after 30.00 seconds'], true],
  ])('knows that %s', (_what, own, failed) => {
    expect(findInvocations(invocation('a', ...own))).toEqual([expect.objectContaining({ failed })]);
  });

  it('leaves out what has not ended', () => {
    expect(findInvocations(invocation('a').slice(0, 1))).toEqual([]);
  });
});

describe('lambdaDatapoints', () => {
  const one = { functionName: 'f', at: 5, duration: 40, failed: true };

  it('tells of a version by function, by alias, and by the version that the alias chose', () => {
    const points = lambdaDatapoints({ ...one, version: '7' });
    expect(points.filter(({ name }) => name === 'Errors').map(({ dimensions }) => dimensions)).toEqual([
      { FunctionName: 'f' },
      { FunctionName: 'f', Resource: 'f:live' },
      { FunctionName: 'f', Resource: 'f:live', ExecutedVersion: '7' },
    ]);
    expect(points.slice(0, 3).map(({ name, value, unit }) => [name, value, unit])).toEqual([
      ['Invocations', 1, 'Count'],
      ['Errors', 1, 'Count'],
      ['Duration', 40, 'Milliseconds'],
    ]);
  });

  it('tells of what is no version by function alone', () => {
    const points = lambdaDatapoints({ ...one, version: '$LATEST' });
    expect(points.map(({ dimensions }) => dimensions)).toEqual(points.map(() => ({ FunctionName: 'f' })));
  });
});
