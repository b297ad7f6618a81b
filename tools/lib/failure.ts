/**
 * An expected failure, shown to people without a stack: what is wrong, and the next step, a sentence each. The exit code
 * is 2 (wrong use, or something that is missing) unless the failure is the negative answer to what was asked, which is 1.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly problem: string;
  readonly next: string;
  readonly exitCode: 1 | 2;

  constructor(problem: string, next: string, options: { readonly exitCode?: 1 | 2; readonly cause?: unknown } = {}) {
    super(`${problem} ${next}`, options.cause === undefined ? {} : { cause: options.cause });
    this.problem = problem;
    this.next = next;
    this.exitCode = options.exitCode ?? 2;
  }
}
