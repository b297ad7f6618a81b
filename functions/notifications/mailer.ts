/** A mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The mail service will never take this mail, such as one to an address that it blocks. */
export class MailRefusedError extends Error {
  override readonly name = 'MailRefusedError';
}

/** Sends mails. */
export interface Mailer {
  /** @throws {MailRefusedError} where a repetition cannot help; any other failure may pass */
  readonly send: (mail: Mail) => Promise<void>;
}
