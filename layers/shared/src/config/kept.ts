/** How long something is kept, in seconds: what was loaded, and what stands in for it after a failure to load. */
export interface KeepFor {
  readonly loaded: number;
  readonly standIn: number;
}

/** What keeping needs; `onFailure` is told of each load that failed. */
export interface Keeping<Value> {
  readonly load: () => Promise<Value>;
  /** Stands in while nothing was ever loaded. */
  readonly fallback: Value;
  readonly keepFor: KeepFor;
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => number;
}

/**
 * Gives what is loaded when it is first asked for, and keeps it for a while; who asks meanwhile waits for the same load.
 * It never rejects: where loading fails, what was loaded last stands in, or the fallback, and for a time nothing is tried
 * again, so that a service that is away does not cost every request its time limit.
 */
export function kept<Value>({
  load,
  fallback,
  keepFor,
  onFailure,
  now = Date.now,
}: Keeping<Value>): () => Promise<Value> {
  let last = fallback;
  let until = -Infinity;
  let loading: Promise<Value> | undefined;

  async function loadNow(): Promise<Value> {
    let seconds = keepFor.standIn;
    try {
      last = await load();
      seconds = keepFor.loaded;
    } catch (error) {
      onFailure(error);
    }
    until = now() + seconds * 1_000;
    loading = undefined;
    return last;
  }

  return () => {
    if (loading === undefined && now() < until) return Promise.resolve(last);
    return (loading ??= loadNow());
  };
}
