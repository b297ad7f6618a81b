/** What the processor needs for one event. */
export interface ProcessorDependencies {
  readonly now: () => Date;
  readonly newId: () => string;
}

/**
 * What it needs in production. An entity without an id gets the id of the request: Lambda repeats a failed asynchronous
 * invocation under the same one, so that a repetition creates the same entity again and not a second one.
 */
export const dependencies = (requestId: string): ProcessorDependencies => ({
  now: () => new Date(),
  newId: () => requestId,
});
