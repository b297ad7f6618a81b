/** A delivery: GitHub's id of it, and the sha256 of its body. The id is not signed, so the body counts as well. */
export interface Delivery {
  readonly id: string;
  readonly digest: string;
}

/** Remembers which deliveries were handled. Any operation may throw an UnavailableError. */
export interface Deliveries {
  /**
   * Takes the delivery for this invocation. The claim lapses by itself, so that one whose invocation died can be
   * delivered again.
   * @throws {ConflictError} when its id or its body was handled, or is being handled
   */
  readonly claim: (delivery: Delivery) => Promise<void>;
  /** Remembers that it was handled. */
  readonly keep: (delivery: Delivery) => Promise<void>;
  /** Forgets it: it can be delivered again at once. */
  readonly release: (delivery: Delivery) => Promise<void>;
}

/** How long, in seconds: a claim, which is longer than an invocation can take; and the memory of what was handled. */
export const deliveryTimes = { claim: 60, memory: 90 * 86_400 };
