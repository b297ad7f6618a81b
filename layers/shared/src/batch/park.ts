import type { PoisonCause } from '@shared/batch/poison-record';

/** A record that is set aside for a person: what came, why it cannot be handled, and where it came from. */
export interface ParkedRecord {
  readonly body: Uint8Array;
  readonly cause: PoisonCause;
  readonly detail: string;
  /** The ARN of the queue or stream, and the record's id there. */
  readonly source: string;
  readonly recordId: string;
}

/** Sets a record aside, for good: it rejects where that did not succeed, and the record is then delivered again. */
export type Park = (record: ParkedRecord) => Promise<void>;
