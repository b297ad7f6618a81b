import type { LogEvent } from './read-log-events.ts';
import { tellApart } from './tell-apart.ts';

/**
 * Milliseconds that are read again each time: CloudWatch may have a line some seconds after later ones of another
 * stream. (Amazon CloudWatch Logs gives no time within which a line can be read.)
 */
const overlap = 30_000;

/**
 * What is logged from a time on, as it comes: each line once, in the order of time within what came together. Lines that are
 * late by more than half a minute are not seen. It ends when `pause` rejects.
 * @param read gives the lines from a time on
 */
export async function* follow(
  read: (from: number) => Promise<readonly LogEvent[]>,
  from: number,
  pause: () => Promise<void>,
): AsyncGenerator<readonly LogEvent[]> {
  let seen: ReadonlySet<string> = new Set();
  for (let start = from; ;) {
    const events = tellApart(await read(start));
    const fresh = [...events].filter(([key]) => !seen.has(key)).map(([, event]) => event);
    if (fresh.length > 0) yield fresh;
    seen = new Set(events.keys());
    start = Math.max(start, ...fresh.map(({ at }) => at - overlap));
    await pause();
  }
}
