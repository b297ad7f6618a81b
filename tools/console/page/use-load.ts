import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
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

/** Reads a path, and again whenever the stage may have changed; meanwhile what was read before stays. */
export function useLoad<T>(path: string): Loaded<T> {
  const { epoch } = useContext(ServerContext);
  const [asked, setAsked] = useState(0);
  const [answer, setAnswer] = useState<{ path: string; data?: T; problem?: Problem }>({ path });
  useEffect(() => {
    const ending = new AbortController();
    get<T>(path, ending.signal).then(
      (data) => {
        setAnswer({ path, data });
      },
      (error: unknown) => {
        const problem = problemOf(error);
        if (!ending.signal.aborted) setAnswer((before) => ({ ...(before.path === path ? before : { path }), problem }));
      },
    );
    return () => {
      ending.abort();
    };
  }, [path, epoch, asked]);
  const reload = useCallback(() => {
    setAsked((before) => before + 1);
  }, []);
  const own = answer.path === path ? answer : undefined;
  return { data: own?.data, problem: own?.problem, reload };
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
