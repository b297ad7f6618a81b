/** What one check has found. */
export interface Finding {
  /** What was looked at, in a few words. */
  readonly check: string;
  readonly state: 'ok' | 'missing' | 'not checked';
  /** What is wrong, or why it could not be seen; undefined where all is well and there is nothing to add. */
  readonly detail: string | undefined;
  /** The command or the step that mends it; for what is missing alone. */
  readonly mend: string | undefined;
}

/** All is well. */
export function ok(check: string, detail?: string): Finding {
  return { check, state: 'ok', detail, mend: undefined };
}

/** It is not there, or not as it has to be. */
export function missing(check: string, detail: string, mend: string): Finding {
  return { check, state: 'missing', detail, mend };
}

/** It could not be seen. */
export function notChecked(check: string, detail: string): Finding {
  return { check, state: 'not checked', detail, mend: undefined };
}

/** All is well where there is no problem, else `missing`. */
export function verdict(check: string, problem: string | undefined, mend: string): Finding {
  return problem === undefined ? ok(check) : missing(check, problem, mend);
}
