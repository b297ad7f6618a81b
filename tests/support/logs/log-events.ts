import type { LogEvent } from '../../../tools/logs/read-log-events.ts';

/** What a line of the product's logger has beside its message. */
export type Facts = Readonly<Record<string, unknown>>;

/** A line as CloudWatch has it, of a stream that is called after its function. */
export const anEvent = (name: string, at: number, message: string): LogEvent => ({
  functionName: `aviary-${name}-test`,
  at,
  stream: `stream-of-${name}`,
  message,
});

/** A line of the product's logger, written `at` and read a millisecond later. */
export function aLoggedEvent(name: string, at: number, message: string, facts: Facts = {}): LogEvent {
  const timestamp = new Date(at).toISOString();
  return anEvent(name, at + 1, JSON.stringify({ level: 'INFO', message, timestamp, service: name, ...facts }));
}

/** All lines of one invocation of a millisecond each, as Lambda and the product write them. */
export function anInvocation(name: string, at: number, requestId: string, lines: readonly Facts[]): LogEvent[] {
  return [
    anEvent(name, at, `START RequestId: ${requestId} Version: 1`),
    ...lines.map((facts, index) => {
      const common = { function_request_id: requestId, release: 'abc123' };
      return aLoggedEvent(name, at + index, `Line ${index}`, { ...common, ...facts });
    }),
    anEvent(name, at + lines.length, `END RequestId: ${requestId}`),
    anEvent(
      name,
      at + lines.length,
      `REPORT RequestId: ${requestId}\tDuration: ${lines.length} ms\tBilled Duration: ${lines.length} ms\tMemory Size: 256 MB\tMax Memory Used: 90 MB`,
    ),
  ];
}
