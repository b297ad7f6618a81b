import { Failure } from '../../../tools/lib/failure.ts';

/** The failure that a call ends with; any other end is the test's own error. */
export function failureOf(call: () => unknown): Failure {
  try {
    call();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

/** As {@link failureOf}, for a promise. */
export async function rejectionOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('It did not fail');
}
