import { drawRehearsal } from '../canary/draw-rehearsal.ts';
import { rehearseFunction } from '../canary/rehearse-function.ts';
import type { Connection } from '../stack/connection.ts';
import type { Rehearse, RehearsalEvent } from './api.ts';

/** Rehearses a canary: each minute as it passes, and the whole of it with its picture. It ends by the signal. */
export function streamRehearsal(
  connection: Connection,
  asked: Rehearse,
  signal: AbortSignal,
): ReadableStream<RehearsalEvent> {
  return new ReadableStream<RehearsalEvent>({
    start: async (stream) => {
      const rehearsal = await rehearseFunction(connection, asked.function, {
        traffic: asked.traffic,
        signal,
        onMinute: (minute) => {
          stream.enqueue({ minute });
        },
      });
      stream.enqueue({ rehearsal, svg: drawRehearsal(rehearsal) });
      stream.close();
    },
  });
}
