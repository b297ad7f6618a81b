import type { FunctionNames } from './names.ts';
import type { Trigger } from './triggers.ts';

/** A function that is to be made. */
export interface Scaffold extends FunctionNames {
  readonly trigger: Trigger;
  /** Of its route; of no meaning for another trigger than `api`. */
  readonly path: string;
}
