import type { DeadLetters } from '../dlq/dead-letters.ts';
import type { Replayed } from '../dlq/replay.ts';
import type { Shown } from '../dlq/stage-letters.ts';
import { printable } from '../lib/printable.ts';
import { table } from './table.ts';

const longest = 200;

/** How many messages each queue has. */
export function describeDepths(rows: readonly (DeadLetters & { readonly messages: number })[]): string {
  const lines = rows.map(({ name, messages, queueName, origin }) => [name, String(messages), origin.kind, queueName]);
  return rows.length === 0
    ? 'No function has a dead-letter queue.\n'
    : `${table(['function', 'messages', 'from', 'queue'], lines).join('\n')}\n`;
}

/** The messages of a queue; `now` is in milliseconds since 1970. */
export function describeLetters(
  { queueName }: DeadLetters,
  shown: readonly Shown[],
  now: number,
  note: string,
): string {
  const blocks = shown.flatMap(({ id, cause, payload, sentAt, replays }) => [
    `${id}, ${age(now - sentAt)} old, sent again ${replays} times`,
    `  cause:   ${printable(cause)}`,
    `  payload: ${printable(payload.length > longest ? `${payload.slice(0, longest)}…` : payload)}`,
  ]);
  return [`${queueName}: ${shown.length} messages`, ...blocks, ...(note === '' ? [] : [note]), ''].join('\n');
}

/** What became of each message. */
export function describeReplay({ queueName }: DeadLetters, results: readonly Replayed[]): string {
  const rows = results.map(({ id, result, replays }) => [id, result, String(replays)]);
  const stays = results.some(({ result }) => result === 'stays');
  return [
    ...(rows.length === 0 ? [`${queueName} is empty.`] : table(['message', 'result', 'sent again before'], rows)),
    ...(results.some(({ result }) => result === 'no record')
      ? [
          'A message without a record says where in the stream the batch is that failed: read the stream again from there.',
        ]
      : []),
    ...(stays ? ['What was sent again too often stays: mend the function first, then use --force.'] : []),
    '',
  ].join('\n');
}

function age(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}
