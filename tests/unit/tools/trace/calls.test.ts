import type { Invocation } from '../../../../tools/trace/invocation.ts';
import { callsIn } from '../../../../tools/trace/calls-in.ts';
import { callsOf } from '../../../../tools/trace/read-calls.ts';

/** As X-Ray documents the segment of a function: its own subsegments are below those of Lambda. */
const segment = (name: string, start: number, origin = 'AWS::Lambda::Function') => ({
  name,
  id: '1',
  origin,
  start_time: start,
  end_time: start + 0.1,
  subsegments: [
    {
      name: 'Invocation',
      start_time: start,
      end_time: start + 0.1,
      subsegments: [
        { name: 'api.example.com', namespace: 'remote', start_time: start + 0.05, fault: true },
        {
          name: 'DynamoDB',
          namespace: 'aws',
          start_time: start + 0.01,
          end_time: start + 0.022,
          aws: { operation: 'PutItem', table_name: 'main' },
        },
      ],
    },
  ],
});

describe('the calls of an invocation', () => {
  it('are found at any depth, in order, with how long they took and whether they failed', () => {
    const calls = callsIn(segment('users', 1_000));

    expect(calls.map(({ name, from, failed }) => [name, Math.round(from), failed])).toEqual([
      ['DynamoDB PutItem', 1_000_010, false],
      ['api.example.com', 1_000_050, true],
    ]);
    expect(calls.map(({ duration }) => duration && Math.round(duration))).toEqual([12, undefined]);
  });

  it.each([null, 'text', { origin: 'AWS::Lambda::Function' }, segment('users', 1, 'AWS::Lambda')])(
    'are none in %j',
    (document) => {
      expect(callsIn(document)).toEqual([]);
    },
  );

  it('are those of its function that began while it ran', () => {
    const invocation: Invocation = {
      functionName: 'users',
      requestId: 'r1',
      release: undefined,
      from: 1_000_000,
      duration: 40,
      coldStart: undefined,
      failed: false,
      traceId: '1-2-3',
      lines: [],
      given: new Set(),
      told: new Set(),
    };

    const calls = callsOf(invocation, [segment('users', 1_000), segment('users', 2_000), segment('orders', 1_000)]);

    expect(calls.map(({ name }) => name)).toEqual(['DynamoDB PutItem']);
  });
});
