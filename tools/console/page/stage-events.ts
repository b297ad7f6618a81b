import { createContext } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Problem, StageEvent } from '../api.ts';
import { Refusal, stream } from './client.ts';
import { isFinal, keepTrying } from './keep-trying.ts';

/** What the page knows of its server. */
export interface Server {
  /** Why it is not to be had; undefined while it is. */
  readonly problem: Problem | undefined;
  /** Whether it is asked again meanwhile. */
  readonly retries: boolean;
  /** Rises whenever what was read may have changed. */
  readonly epoch: number;
}

const unknown: Server = { problem: undefined, retries: true, epoch: 0 };

export const ServerContext = createContext<Server>(unknown);

/** Listens to the server for as long as the page is there; asks again where it is gone. */
export function useServer(): Server {
  const [server, setServer] = useState<Server>(unknown);
  useEffect(
    () =>
      keepTrying(
        async (signal) => {
          const events = await stream<StageEvent>('/console/events', signal);
          setServer(({ problem, epoch }) => ({ ...unknown, epoch: problem === undefined ? epoch : epoch + 1 }));
          while ((await events.next()).done !== true) setServer((before) => ({ ...before, epoch: before.epoch + 1 }));
        },
        (error) => {
          if (!(error instanceof Refusal)) return;
          setServer(({ epoch }) => ({ problem: error.problem, retries: !isFinal(error), epoch }));
        },
      ),
    [],
  );
  return server;
}
