import { useEffect } from 'preact/hooks';
import type { Line } from '../api.ts';
import { stream } from './client.ts';
import { keepTrying } from './keep-trying.ts';

/** How long lines are gathered before the page draws them together. */
const gatherMs = 100;

/**
 * Reads the log lines since a time, and then what comes. After the server was away all of it comes again, from `onStart` on.
 * @param since ISO 8601
 */
export function useLines(since: string, onStart: () => void, onLines: (lines: readonly Line[]) => void): void {
  useEffect(
    () =>
      keepTrying(async (signal) => {
        let gathered: Line[] = [];
        let timer: ReturnType<typeof setTimeout> | undefined;
        const hand = (): void => {
          timer = undefined;
          onLines(gathered);
          gathered = [];
        };
        const lines = await stream<Line>(`/console/logs?since=${encodeURIComponent(since)}`, signal);
        onStart();
        try {
          for await (const line of lines) {
            gathered.push(line);
            timer ??= setTimeout(hand, gatherMs);
          }
        } finally {
          clearTimeout(timer);
          if (!signal.aborted) hand();
        }
      }),
    [since, onStart, onLines],
  );
}
