/** See lock.mjs. */
export function withLock<T>(path: string, waiting: string, work: () => Promise<T>): Promise<T | undefined>;
export function waiting(title: string): string;
