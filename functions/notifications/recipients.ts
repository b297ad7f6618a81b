/** Whom a mail is for. */
export interface Recipient {
  readonly name: string;
  readonly email: string;
}

/** Knows where the users want their mail. */
export interface Recipients {
  /** The user as it is now; undefined where there is no such user any more. */
  readonly find: (userId: string) => Promise<Recipient | undefined>;
}
