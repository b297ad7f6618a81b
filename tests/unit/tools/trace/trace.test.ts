import { lineReader } from '../../../../tools/logs/line-reader.ts';
import { describeTrace, traceData } from '../../../../tools/report/describe-trace.ts';
import { invocationsOf } from '../../../../tools/trace/invocation.ts';
import { treeOf, type Branch } from '../../../../tools/trace/tree.ts';
import { anEvent, anInvocation } from '../../../support/logs/log-events.ts';

const id = { correlation_id: 'c1' };

/** An order as it is placed: recorded, passed on, mailed of and counted, each event once. */
const journey = [
  ...anInvocation('authorizer', 1_000, 'r0', [id]),
  ...anInvocation('orders', 1_010, 'r1', [{ ...id, told_event_id: 'e1' }, id]),
  ...anInvocation('table-stream', 1_100, 'r2', [{ ...id, event_id: 'e1', told_event_id: 'e1' }]),
  ...anInvocation('notifications', 1_200, 'r3', [{ ...id, event_id: 'e1' }]),
  ...anInvocation('order-stream', 1_201, 'r4', [
    { correlation_id: 'r4', correlation_ids: ['c0', 'c1'], event_ids: ['e0', 'e1'] },
  ]),
];
const strangers = anInvocation('users', 1_050, 'r9', [{ correlation_id: 'other' }]);

const treeIn = (events: typeof journey): Branch[] => treeOf(invocationsOf(lineReader()(events), 'c1'));
const names = (branches: readonly Branch[]): unknown[] =>
  branches.map(({ functionName, children }) => {
    const name = functionName.split('-').slice(1, -1).join('-');
    return children.length === 0 ? name : [name, names(children)];
  });

describe('the tree of a request', () => {
  it('has each invocation below the last one that told of its event, and leaves out others', () => {
    expect(names(treeIn([...journey, ...strangers]))).toEqual([
      'authorizer',
      ['orders', [['table-stream', ['notifications', 'order-stream']]]],
    ]);
  });

  it('has below the one that told of it first what came before it was passed on', () => {
    const early = anInvocation('user-activity', 1_050, 'r5', [{ ...id, event_id: 'e1' }]);

    expect(names(treeIn([...journey, ...early]))).toEqual([
      'authorizer',
      ['orders', ['user-activity', ['table-stream', ['notifications', 'order-stream']]]],
    ]);
  });

  it('has at the top what nobody is known to have caused', () => {
    const alone = anInvocation('processor', 1_300, 'r6', [{ ...id, event_id: 'unheard-of' }]);

    expect(names(treeIn([...journey, ...alone])).slice(2)).toEqual(['processor']);
  });

  it('has how long each took, and when it began, from what Lambda reports', () => {
    const [, orders] = treeIn(journey);

    expect(orders).toMatchObject({ requestId: 'r1', release: 'abc123', from: 1_010, duration: 2, failed: false });
  });

  it('says of one that has no report yet that it has no end', () => {
    const [, orders] = treeIn(journey.filter(({ message }) => !message.startsWith('REPORT RequestId: r1')));

    expect(orders).toMatchObject({ from: 1_010, duration: undefined });
  });

  it('says of one that was started for it how long that took', () => {
    const cold = journey.map((event) => ({
      ...event,
      message: event.message.replace(/(REPORT RequestId: r1\t.*)$/, '$1\tInit Duration: 321.5 ms\t'),
    }));

    expect(treeIn(cold)[1]?.coldStart).toBe(321.5);
  });

  it('marks one that logged an error, and one that printed one', () => {
    const thrown = { ...anEvent('orders', 1_011, 'TypeError: no'), stream: 'stream-of-orders' };
    const events = journey.toSpliced(5, 0, thrown);
    const logged = anInvocation('processor', 1_300, 'r6', [{ ...id, level: 'ERROR' }]);

    expect(treeIn([...events, ...logged]).map(({ failed }) => failed)).toEqual([false, true, true]);
  });

  it('is drawn with what each has logged below it', () => {
    const style = { nameOf: (name: string) => name, stackOf: () => undefined };

    const lines = describeTrace('c1', treeIn(journey), style).split('\n');

    expect(lines.slice(0, 4)).toEqual([
      'c1: 5 invocations of 5 functions in 202 ms',
      'from 1970-01-01T00:00:01.000Z',
      '',
      '     +0 ms  aviary-authorizer-test  1 ms, release abc123',
    ]);
    expect(lines).toContain('   +100 ms  └─ aviary-table-stream-test  1 ms, release abc123');
    expect(lines).toContain('   +200 ms     └─ aviary-notifications-test  1 ms, release abc123');
    expect(JSON.parse(JSON.stringify(treeIn(journey).map((it) => traceData(it, style))))).toMatchObject([
      { function: 'aviary-authorizer-test' },
      { function: 'aviary-orders-test', duration: 2, lines: [{ message: 'Line 0' }, { message: 'Line 1' }] },
    ]);
  });
});
