import { UnauthorizedError } from '@shared/errors/app-error';

/** A token proves nothing. The message says why in a few words, and repeats nothing of the token. */
export class RefusedTokenError extends UnauthorizedError {
  /** Whether it was a good token once: its client has to get another, and nobody has to hear of it. */
  readonly hasEnded: boolean;

  constructor(reason: string, hasEnded = false) {
    super(reason);
    this.hasEnded = hasEnded;
  }
}
