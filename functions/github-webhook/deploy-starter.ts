/** What is to be deployed: the branch as a full ref, and the delivery that asks for it. */
export interface StartRequest {
  readonly ref: string;
  readonly deliveryId: string;
}

/**
 * Starts a deployment of the branch as it is by then. It is not told which functions: its plan compares with what
 * runs, and so also deploys what an earlier run has left.
 */
export interface DeployStarter {
  /**
   * Resolves when the run is accepted.
   * @throws {UnavailableError} when nothing was started and a repetition may succeed
   * @throws {ConflictError} when there is no such branch
   */
  readonly start: (request: StartRequest) => Promise<void>;
}
