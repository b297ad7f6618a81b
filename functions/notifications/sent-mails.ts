/** Whose the mail of an event is: this invocation's to send, sent already, or in the hands of another invocation. */
export type Claim = 'mine' | 'sent' | 'held';

/**
 * Remembers for which events a mail was sent. A claim lapses by itself: where an invocation dies between claim and mail,
 * the next delivery sends it. Where it dies between mail and `keep`, the next delivery sends the mail again: at least
 * once, never lost. Any operation may throw an UnavailableError.
 */
export interface SentMails {
  readonly claim: (eventId: string) => Promise<Claim>;
  /** Remembers that the mail was sent. */
  readonly keep: (eventId: string) => Promise<void>;
  /** Gives the claim back: the next delivery sends the mail. */
  readonly release: (eventId: string) => Promise<void>;
}

/**
 * How long, in seconds: a claim, which is longer than an invocation can take and shorter than the queue waits before it
 * delivers again; and the memory of what was sent, as long as queue and dead-letter queue together keep a message.
 */
export const mailTimes = { claim: 60, memory: 28 * 86_400 };
