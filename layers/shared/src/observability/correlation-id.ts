/** The header that carries the correlation id in both directions. */
export const correlationHeader = 'x-correlation-id';

// A caller's id goes into logs and a response header: nothing that could break either is taken.
const token = /^[A-Za-z0-9._-]{1,128}$/;

/** Takes the caller's correlation id where it is a token of 1 to 128 safe characters, else `fallback`. */
export function correlationId(candidate: unknown, fallback: string): string {
  return typeof candidate === 'string' && token.test(candidate) ? candidate : fallback;
}

/** Finds the correlation id in the JSON of a record, also of one that cannot be handled; undefined where it has none. */
export function correlationIdIn(text: string): string | undefined {
  try {
    const record: unknown = JSON.parse(text);
    if (typeof record !== 'object' || record === null || !('correlationId' in record)) return undefined;
    const { correlationId: candidate } = record;
    return typeof candidate === 'string' && token.test(candidate) ? candidate : undefined;
  } catch {
    return undefined;
  }
}
