import { warn } from '../lib/log.ts';
import type { StageMaps } from '../source-maps/stage-maps.ts';
import { symbolicate } from '../source-maps/symbolicate.ts';
import type { LogLine } from './log-line.ts';
import { stackOf } from './stack-of.ts';

/** Reads the stack of a line; undefined where it has none. */
export type ReadStack = (line: LogLine) => Promise<string | undefined>;

/**
 * Makes what reads stacks with their places in the sources. Of a release that nothing is known of, they are left as they
 * are, and that is said once.
 */
export function stacksInSources(maps: StageMaps): ReadStack {
  const unknown = new Set<string>();
  return async (line) => {
    const stack = stackOf(line);
    if (stack === undefined) return undefined;
    const findMap = await maps(line.functionName, line.release);
    if (findMap !== undefined) return await symbolicate(stack, findMap);
    const release = `${line.functionName} ${line.release ?? ''}`.trim();
    if (!unknown.has(release)) warn(`No source maps of ${release}: its stacks are as they were logged.`);
    unknown.add(release);
    return stack;
  };
}
