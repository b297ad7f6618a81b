import type { Clone } from '../clone.ts';

/** `function users changed` to its reasons, of all that is not as it is deployed. */
export type Changes = Readonly<Record<string, readonly string[]>>;

/** One edit of a clone, and what the plan says of it. */
export interface Case {
  readonly edit: string;
  readonly make: (clone: Clone) => void;
  readonly changes: Changes;
  /** The way that `explain` shows, by function, of its first reason. */
  readonly chains?: Readonly<Record<string, readonly string[]>>;
}

export const nothing: Changes = {};
/** The same change, for the same reasons, of each of these functions. */
export const each = (names: readonly string[], reasons: readonly string[]): Changes =>
  Object.fromEntries(names.map((name) => [`function ${name} changed`, reasons]));
export const isNew = ['new: not deployed yet'];
export const isRemoved = ['removed: not in template.yaml'];
