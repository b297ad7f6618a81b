import { literally, type FunctionPaths } from './function-paths.ts';
import { settings } from './release-sources.ts';

/**
 * Name of a function to the patterns by which the webhook knows a push that affects it. Each function's folder is in them
 * as a whole, since what is deployed may be older than the push: the push may bring files that are not here yet. The tools
 * are left out, so that the webhook is not deployed again with each of them: a path in no pattern is one for the plan.
 */
export function affectedPaths(functions: readonly FunctionPaths[]): Record<string, string[]> {
  return Object.fromEntries(
    functions.map(({ name, folder, paths }) => {
      const elsewhere = paths.filter((path) => !path.startsWith(`${folder}/`));
      return [name, [`${literally(folder)}/**`, ...elsewhere.map(literally), ...settings]];
    }),
  );
}
