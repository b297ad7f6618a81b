/** Something that somebody has to look at now. */
export interface Alert {
  /** A fixed code, by which a runbook is found. */
  readonly code: string;
  /** One sentence; the subject of the mail. */
  readonly summary: string;
  /** Facts, as JSON; no secret, and of people no more than the id or address that has to be looked up. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Tells people. */
export interface Alerts {
  /** May tell the same twice, where the function that raises it is repeated. */
  readonly raise: (alert: Alert) => Promise<void>;
}
