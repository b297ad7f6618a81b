/** Why a record can never be handled as it is; operations look for these words, so never change one. */
export type PoisonCause = 'NOT_JSON' | 'NOT_AN_EVENT' | 'NEWER_VERSION' | 'MAIL_REFUSED';

/** A record that no repetition makes good: it is parked, with the cause, and the rest of the batch goes on. */
export class PoisonRecordError extends Error {
  override readonly name = 'PoisonRecordError';
  readonly poison: PoisonCause;

  /** @param detail for a person; it never repeats a value of the record, which may be personal */
  constructor(poison: PoisonCause, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.poison = poison;
  }
}
