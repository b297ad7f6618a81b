import type { LogEvent } from './read-log-events.ts';

/**
 * Log lines by what tells them apart: function, stream, time, text, and the how manieth of its like it is. So what is read
 * again has the same key, as long as lines of one millisecond are read together. (The local cloud gives lines no ids, and
 * CloudWatch's ids are no part of what is asked of a reader.)
 */
export function tellApart(events: Iterable<LogEvent>): Map<string, LogEvent> {
  const alike = new Map<string, number>();
  const found = new Map<string, LogEvent>();
  for (const event of events) {
    const text = [event.functionName, event.stream, event.at, event.message].join('\n');
    const before = alike.get(text) ?? 0;
    alike.set(text, before + 1);
    found.set(`${before}\n${text}`, event);
  }
  return found;
}
