import { Failure } from '../lib/failure.ts';

/** A request that is refused, with the status of HTTP that says so. */
export class Refusal extends Failure {
  readonly status: number;

  constructor(status: number, problem: string, next: string) {
    super(problem, next);
    this.status = status;
  }
}
