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

/** When to ask anew, from now on; until the signal. @throws Failure where the cloud does not answer */
export async function streamChanges(
  connection: Connection,
  changes: StageChanges,
  signal: AbortSignal,
): Promise<ReadableStream<StageEvent>> {
  const changedAt = await stackChangedAt(connection);
  signal.throwIfAborted();
  return new ReadableStream<StageEvent>({
    start: (stream) => {
      const tell = (changed: StageEvent['changed']): void => {
        if (!signal.aborted) stream.enqueue({ changed });
      };
      changes.on('changed', tell);
      const endPoll = pollStack(connection, changedAt, tell);
      signal.addEventListener('abort', () => {
        endPoll();
        changes.off('changed', tell);
        stream.close();
      });
    },
  });
}

/** Tells when CloudFormation has changed the stack. @returns how to end it */
function pollStack(connection: Connection, from: number, tell: (changed: 'stage') => void): () => void {
  let last = from;
  const look = async (): Promise<void> => {
    const changedAt = await stackChangedAt(connection);
    if (changedAt !== last) tell('stage');
    last = changedAt;
  };
  const polling = setInterval(() => {
    // The cloud may be on its way out.
    void look().catch(() => undefined);
  }, pollMs);
  return () => {
    clearInterval(polling);
  };
}
