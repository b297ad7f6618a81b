/** How what is granted differs from what is called for. */
export interface RightsDifference {
  /** Called, and granted nowhere. */
  readonly missing: readonly string[];
  /** Granted, and called nowhere. */
  readonly unused: readonly string[];
}

/** Compares actions both ways; a star in what is granted is no action, and so is never used. */
export function compareRights(called: readonly string[], granted: readonly string[]): RightsDifference {
  const without = (some: readonly string[], others: readonly string[]): string[] =>
    [...new Set(some)].filter((action) => !others.includes(action)).sort();
  return { missing: without(called, granted), unused: without(granted, called) };
}
