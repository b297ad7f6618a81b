/** The header that carries the correlation id in both directions. */
export const correlationHeader = 'x-correlation-id';

// A caller's id goes into logs and a response header: nothing that could break either is taken.
const token = /^[A-Za-z0-9._-]{1,128}$/;

/** Takes the caller's correlation id where it is a token of 1 to 128 safe characters, else `fallback`. */
export function correlationId(candidate: unknown, fallback: string): string {
  return typeof candidate === 'string' && token.test(candidate) ? candidate : fallback;
}

function idOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null || !('correlationId' in event)) return undefined;
  return typeof event.correlationId === 'string' && token.test(event.correlationId) ? event.correlationId : undefined;
}

/** Takes the field `correlationId` of an event, whatever the event is, by the same rule. */
export const correlationOf = (event: unknown, fallback: string): string => idOf(event) ?? fallback;

/** Finds the correlation id in the JSON of a record, also of one that cannot be handled; undefined where it has none. */
export function correlationIdIn(text: string): string | undefined {
  try {
    return idOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}
