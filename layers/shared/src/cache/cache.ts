/** Keeps texts for a while. It may forget any of them at any time, and any operation may fail. */
export interface Cache {
  readonly get: (key: string) => Promise<string | undefined>;
  /** @param ttlSeconds whole, from 1 on: it is forgotten then at the latest */
  readonly set: (key: string, value: string, ttlSeconds: number) => Promise<void>;
}

/** How long something is kept unless there is a reason for another time, in seconds. */
export const defaultTtlSeconds = 300;
