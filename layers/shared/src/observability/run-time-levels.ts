import { kept } from '@shared/config/kept';
import { asInTemplate } from '@shared/observability/log-levels';

/** Seconds: so long may a changed level take to arrive; and so long nothing is asked for after a failure. */
const keepFor = { loaded: 60, standIn: 60 };

/** The setting `logs/levels`, read beside the work of invocations. */
export interface RunTimeLevels {
  /** Says what is known when an invocation begins, and asks for it again where that is old. */
  readonly begin: () => string;
  /** Waits for the answer at the end of the invocation: Lambda would freeze the call, and time it out. It never rejects. */
  readonly end: () => Promise<void>;
}

/**
 * Makes the reader of the levels. The first invocation of an environment asks for nothing: what a client takes to load is
 * not to be a part of a cold start.
 */
export function runTimeLevels(
  read: () => Promise<string>,
  onFailure: (error: unknown) => void,
  now: () => number = Date.now,
): RunTimeLevels {
  const ask = kept({ load: read, fallback: asInTemplate, keepFor, onFailure, now });
  let known = asInTemplate;
  let isWarm = false;
  let asked = Promise.resolve();
  return {
    begin: () => {
      if (isWarm) {
        asked = ask().then((setting) => {
          known = setting;
        });
      }
      isWarm = true;
      return known;
    },
    end: () => asked,
  };
}
