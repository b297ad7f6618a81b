/** An expected failure of the set-up: one sentence that names the next step, shown without a stack. */
export class SetupFailure extends Error {
  name = 'Failure';
  exitCode = 2;
}
