/** The header that carries the correlation id in both directions. */
export const correlationHeader = 'x-correlation-id';

// A caller's id goes into logs and a response header: nothing that could break either is taken.
const token = /^[A-Za-z0-9._-]{1,128}$/;

/** Takes the caller's correlation id where it is a token of 1 to 128 safe characters, else `fallback`. */
export function correlationId(candidate: unknown, fallback: string): string {
  return typeof candidate === 'string' && token.test(candidate) ? candidate : fallback;
}

/** Takes the field `correlationId` of an event, whatever the event is, by the same rule. */
export const correlationOf = (event: unknown, fallback: string): string => trailOf(event).correlationId ?? fallback;

/** What leads from a record back to what caused it: the request, and the event that the record tells of. */
export interface Trail {
  readonly correlationId: string | undefined;
  readonly eventId: string | undefined;
}

/** Finds the trail in the JSON of a record, also of one that cannot be handled. */
export function trailIn(text: string): Trail {
  try {
    return trailOf(JSON.parse(text));
  } catch {
    return trailOf(undefined);
  }
}

function trailOf(event: unknown): Trail {
  const fields = typeof event === 'object' && event !== null ? event : {};
  const tokenOf = (value: unknown): string | undefined =>
    typeof value === 'string' && token.test(value) ? value : undefined;
  return {
    correlationId: tokenOf('correlationId' in fields ? fields.correlationId : undefined),
    eventId: tokenOf('eventId' in fields ? fields.eventId : undefined),
  };
}
