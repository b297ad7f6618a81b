import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../api.ts';
import { get, problemOf } from './client.ts';
import { ServerContext } from './stage-events.ts';

export interface Loaded<T> {
  /** What was read last; undefined before the first answer. */
  readonly data: T | undefined;
  /** Why the last reading failed. */
  readonly problem: Problem | undefined;
  /** Reads again. */
  readonly reload: () => void;
}

/** Between two readings of the same: a stream may ask for one with each of its lines. */
const pauseMs = 500;

/** Reads a path, and again whenever the stage may have changed; meanwhile what was read before stays. */
export function useLoad<T>(path: string): Loaded<T> {
  const { epoch } = useContext(ServerContext);
  const [answer, setAnswer] = useState<{ path: string; data?: T; problem?: Problem }>({ path });
  const asking = useRef<() => void>(() => undefined);
  useEffect(() => {
    const ending = new AbortController();
    const read = async (): Promise<void> => {
      const next = await get<T>(path, ending.signal).then(
        (data) => () => ({ path, data }),
        (error: unknown) => (before: typeof answer) => ({
          ...(before.path === path ? before : { path }),
          problem: problemOf(error),
        }),
      );
      if (!ending.signal.aborted) setAnswer(next);
    };
    asking.current = oneByOne(read, ending.signal);
    asking.current();
    return () => {
      ending.abort();
    };
  }, [path]);
  const seen = useRef(epoch);
  useEffect(() => {
    if (seen.current !== epoch) asking.current();
    seen.current = epoch;
  }, [epoch]);
  const reload = useCallback(() => {
    asking.current();
  }, []);
  const own = answer.path === path ? answer : undefined;
  return { data: own?.data, problem: own?.problem, reload };
}

/** Does something when asked; what is asked meanwhile is done once, after a pause. */
function oneByOne(work: () => Promise<void>, signal: AbortSignal): () => void {
  let [busy, again] = [false, false];
  const run = async (): Promise<void> => {
    busy = true;
    await work();
    while (again && !signal.aborted) {
      again = false;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      await work();
    }
    busy = false;
  };
  return () => {
    if (busy) again = true;
    else void run();
  };
}

/** Something that a button starts: whether it is under way, and why it failed. */
export interface Action {
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  readonly start: (work: () => Promise<void>) => void;
}

export function useAction(): Action {
  const [state, setState] = useState<{ busy: boolean; problem: Problem | undefined }>({
    busy: false,
    problem: undefined,
  });
  const start = (work: () => Promise<void>): void => {
    setState({ busy: true, problem: undefined });
    work().then(
      () => {
        setState({ busy: false, problem: undefined });
      },
      (error: unknown) => {
        setState({ busy: false, problem: problemOf(error) });
      },
    );
  };
  return { ...state, start };
}
