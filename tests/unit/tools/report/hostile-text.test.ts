import { stripVTControlCharacters } from 'node:util';
import { lineReader } from '../../../../tools/logs/line-reader.ts';
import type { LogLine } from '../../../../tools/logs/log-line.ts';
import { printLines } from '../../../../tools/logs/print-lines.ts';
import { stackOf } from '../../../../tools/logs/stack-of.ts';
import { describeLetters } from '../../../../tools/report/describe-dlq.ts';
import { describeInvocation } from '../../../../tools/report/describe-invocation.ts';
import { aLoggedEvent, anEvent } from '../../../support/logs/log-events.ts';

/** Clears the screen by an old and a new control sequence, goes back in the line, and turns what follows around. */
const hostile = 'a\u001b[2J\u009b2J\rb\u202ec';
const shown = String.raw`a\u001b[2J\u009b2J\u000db\u202ec`;

const users = { name: 'users', functionName: 'aviary-users-test' };
const events = [
  aLoggedEvent('users', 1, hostile, { correlation_id: hostile, fields: [hostile], field: hostile }),
  aLoggedEvent('users', 2, 'failed', {
    error: { name: 'Error', message: hostile, stack: `Error: ${hostile}\n    at a.ts` },
  }),
  anEvent('users', 3, hostile),
];

async function printed(raw: boolean): Promise<string> {
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const print = printLines({
    functions: [users],
    stackOf: (line: LogLine) => Promise.resolve(stackOf(line)),
    json: false,
    raw,
  });
  await print(events, () => true);
  write.mockRestore();
  return written.join('');
}

const described: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['log lines', () => printed(false)],
  ['log lines as they are', () => printed(true)],
  [
    'what an invocation answered and logged',
    () => {
      const lines = lineReader()(events);
      const facts = { function: 'users', stage: 'local', answer: { name: hostile }, functionError: null, ms: 1 };
      return describeInvocation({ ...facts, correlation: null, lines, stacks: lines.map(stackOf) });
    },
  ],
  [
    'dead letters',
    () => {
      const queue = { ...users, queueName: 'aviary-users-dlq-test', origin: { kind: 'invocation' as const } };
      const letter = { id: '1', hash: 'f', cause: hostile, payload: hostile, sentAt: 0, replays: 0 };
      return describeLetters(queue, [letter], 0, '');
    },
  ],
];

describe('text that a caller chose', () => {
  it.each(described)('is shown in %s without what a terminal obeys', async (_what, describe) => {
    // The colours are the product's own.
    const text = stripVTControlCharacters(await describe());

    expect(text).toContain(shown);
    expect(text.match(/(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu)).toBeNull();
  });
});
