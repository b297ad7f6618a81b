import { createContext } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Problem, StageEvent } from '../api.ts';
import { Refusal, stream } from './client.ts';
import { keepTrying } from './keep-trying.ts';

/** What the page knows of its server. */
export interface Server {
  /** Why it is not to be had; undefined while it is. */
  readonly problem: Problem | undefined;
  /** Rises whenever what was read may have changed. */
  readonly epoch: number;
}

export const ServerContext = createContext<Server>({ problem: undefined, epoch: 0 });

/** Listens to the server for as long as the page is there; asks again where it is gone. */
export function useServer(): Server {
  const [server, setServer] = useState<Server>({ problem: undefined, epoch: 0 });
  useEffect(
    () =>
      keepTrying(
        async (signal) => {
          const events = await stream<StageEvent>('/console/events', signal);
          setServer(({ problem, epoch }) => ({ problem: undefined, epoch: problem === undefined ? epoch : epoch + 1 }));
          while ((await events.next()).done !== true) setServer((before) => ({ ...before, epoch: before.epoch + 1 }));
        },
        (error) => {
          if (error instanceof Refusal) setServer((before) => ({ ...before, problem: error.problem }));
        },
      ),
    [],
  );
  return server;
}
