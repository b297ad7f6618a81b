/** A part of the store of events, in no order; `cursor` is where the next part starts and is left out on the last one. */
export interface EventLogPage {
  readonly items: readonly unknown[];
  readonly cursor?: EventLogCursor;
}

/** A place in the store. */
export interface EventLogCursor {
  readonly pk: string;
  readonly sk: string;
}

/** Reads the whole store of events, part by part; sees every event that was appended before the part was read. */
export interface EventLog {
  readonly page: (limit: number, after?: EventLogCursor) => Promise<EventLogPage>;
}
