import { EventEmitter } from 'node:events';
import type { Connection } from '../stack/connection.ts';
import { stackChangedAt } from '../swap/base.ts';
import type { StageEvent } from './api.ts';

/** Told by what reloads on save. */
export type StageChanges = EventEmitter<{ changed: [StageEvent['changed']] }>;

/** Milliseconds between two looks whether another terminal has deployed. */
const pollMs = 3_000;

export function stageChanges(): StageChanges {
  // As many as there are pages open.
  const changes: StageChanges = new EventEmitter();
  return changes.setMaxListeners(0);
}

/** When to ask anew; until the signal. */
export function streamChanges(
  connection: Connection,
  changes: StageChanges,
  signal: AbortSignal,
): ReadableStream<StageEvent> {
  return new ReadableStream<StageEvent>({
    start: (stream) => {
      const tell = (changed: StageEvent['changed']): void => {
        stream.enqueue({ changed });
      };
      const endPoll = pollStack(connection, () => {
        tell('stage');
      });
      changes.on('changed', tell);
      signal.addEventListener('abort', () => {
        endPoll();
        changes.off('changed', tell);
        stream.close();
      });
    },
  });
}

/** Tells when CloudFormation has changed the stack. @returns how to end it */
function pollStack(connection: Connection, tell: () => void): () => void {
  let [last, ended]: [number | undefined, boolean] = [undefined, false];
  const look = async (): Promise<void> => {
    const changedAt = await stackChangedAt(connection);
    if (!ended && last !== undefined && changedAt !== last) tell();
    last = changedAt;
  };
  // The cloud may be on its way out.
  const lookAgain = (): void => void look().catch(() => undefined);
  lookAgain();
  const polling = setInterval(lookAgain, pollMs);
  return () => {
    ended = true;
    clearInterval(polling);
  };
}
