import { isWanted, patternOf, type LogFilter } from '../../../../tools/logs/log-filter.ts';
import { lineReader } from '../../../../tools/logs/line-reader.ts';
import { aLoggedEvent, anEvent, anInvocation } from '../../../support/logs/log-events.ts';

const shown = (filter: LogFilter): string[] => {
  const events = [
    ...anInvocation('orders', 1, 'r1', []),
    aLoggedEvent('orders', 10, 'One', { correlation_id: 'one', level: 'DEBUG' }),
    aLoggedEvent('orders', 11, 'Batch', { correlation_id: 'r1', correlation_ids: ['one', 'two'], level: 'WARN' }),
    aLoggedEvent('orders', 12, 'Other', { correlation_id: 'other', level: 'ERROR' }),
    anEvent('orders', 13, JSON.stringify({ _aws: {}, service: 'orders' })),
  ];
  const lines = lineReader()(events).filter((line) => isWanted(line, filter));
  return lines.map(({ kind, message }) => (kind === 'log' ? message : kind));
};

describe('isWanted', () => {
  it('leaves out metrics and what Lambda writes, unless they are asked for', () => {
    expect(shown({})).toEqual(['One', 'Batch', 'Other']);
    expect(shown({ raw: true })).toEqual(['platform', 'platform', 'platform', 'One', 'Batch', 'Other', 'metrics']);
  });

  it('finds a correlation id also in the list of a batch', () => {
    expect(shown({ correlation: 'one' })).toEqual(['One', 'Batch']);
  });

  it('takes a level and what is more urgent', () => {
    expect(shown({ level: 'WARN' })).toEqual(['Batch', 'Other']);
  });

  it('finds a text in any case', () => {
    expect(shown({ grep: 'bAtCh' })).toEqual(['Batch']);
  });
});

describe('patternOf', () => {
  it.each<[LogFilter, string | undefined]>([
    [{}, undefined],
    [{ level: 'INFO' }, undefined],
    [{ grep: 'x' }, undefined],
    [{ correlation: 'a.b-1' }, '"a.b-1"'],
    [{ correlation: 'a', level: 'ERROR' }, '"a"'],
    [{ level: 'ERROR' }, '?"ERROR" ?"Error" ?"timed out"'],
    [{ level: 'WARN' }, '?"WARN" ?"ERROR" ?"Error" ?"timed out" ?"Warning"'],
  ])('of %p is %p', (filter, expected) => {
    expect(patternOf(filter)).toBe(expected);
  });
});
